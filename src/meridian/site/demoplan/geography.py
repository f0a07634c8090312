"""Regions, countries and duty stations: real places, read from the demo's data."""

import unicodedata

from babel import Locale

from meridian.site.demoplan.rows import Country, DutyStation, Region
from meridian.site.demoplan.targets import rows_of

REGIONS = {
    "northern-america": ("Northern America", "US CA"),
    "latin-america": (
        "Latin America and the Caribbean",
        "HT DO CL MX PA GT TT JM CO PE BO EC PY AR UY BR",
    ),
    "northern-africa": ("Northern Africa", "SD EH DZ EG MA TN LY"),
    "western-africa": ("Western Africa", "LR CI SL GW SN NG GH NE BF TG BJ ML MR"),
    "middle-africa": ("Middle Africa", "CD TD CF CM GA CG AO"),
    "eastern-africa": ("Eastern Africa", "KE ET TZ RW UG SS SO BI ZM ZW MW MZ MG DJ ER"),
    "southern-africa": ("Southern Africa", "ZA LS NA"),
    "western-asia": ("Western Asia", "LB IQ JO SY IL PS KW CY GE YE SA BH QA AE AZ AM TR"),
    "central-asia": ("Central Asia", "TM KZ UZ KG TJ"),
    "southern-asia": ("Southern Asia", "AF PK IN NP IR LK BD"),
    "eastern-asia": ("Eastern Asia", "CN KR JP MN"),
    "south-eastern-asia": ("South-eastern Asia", "TH TL MM LA VN KH ID PH"),
    "oceania": ("Oceania", "AU FJ PG WS"),
    "western-europe": ("Western Europe", "CH AT NL DE BE FR"),
    "northern-europe": ("Northern Europe", "DK GB"),
    "southern-europe": ("Southern Europe", "IT ES XK RS MK BA HR GR"),
    "eastern-europe": ("Eastern Europe", "RU BY UA MD RO CZ PL"),
}
SUNDAY_TO_THURSDAY = frozenset("SD IQ AF JO EG SY KW SA BH QA LY DZ YE BD PS".split())
SATURDAY_TO_WEDNESDAY = frozenset(["IR"])


def working_weekdays(country: str) -> tuple[int, ...]:
    """ISO weekdays on which offices of a country work."""
    if country in SUNDAY_TO_THURSDAY:
        return (1, 2, 3, 4, 7)
    if country in SATURDAY_TO_WEDNESDAY:
        return (1, 2, 3, 6, 7)
    return (1, 2, 3, 4, 5)


def plain(text: str) -> str:
    """`text` in lower-case ASCII letters only: Côte d'Ivoire becomes cotedivoire."""
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "".join(letter for letter in folded.lower() if letter.isalnum())


def build_regions() -> list[Region]:
    """Seventeen sub-regions of the world, by the United Nations' geographic scheme."""
    return [Region(code, name) for code, (name, _) in REGIONS.items()]


def build_countries() -> list[Country]:
    """Every country with a duty station, in order of region."""
    names = Locale("en").territories
    return [
        Country(code, names[code], region, working_weekdays(code))
        for region, (_, members) in enumerate(REGIONS.values())
        for code in members.split()
    ]


def build_duty_stations(countries: list[Country]) -> tuple[list[DutyStation], list[list[str]]]:
    """Duty stations, and for each the codes of the ICT units present there.

    The code is the country's and three letters of the name, in the manner of UN/LOCODE but our own.
    """
    position = {country.code: index for index, country in enumerate(countries)}
    taken: set[str] = set()
    stations, presence = [], []
    for row in rows_of("duty_stations.csv"):
        stations.append(
            DutyStation(
                code=_free_code(row["country"], row["name"], taken),
                name=row["name"],
                country=position[row["country"]],
                zone=row["zone"],
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                languages=tuple(row["languages"].split()),
                bandwidth_class=row["bandwidth"],
            )
        )
        presence.append(row["units"].split())
    return stations, presence


def _free_code(country: str, name: str, taken: set[str]) -> str:
    letters = plain(name).upper().ljust(3, "X")
    for second in range(1, len(letters)):
        for third in range(second + 1, len(letters)):
            code = country + letters[0] + letters[second] + letters[third]
            if code not in taken:
                taken.add(code)
                return code
    raise ValueError(f"no free code for {name}, {country}")
