"""Entities and ICT units, and the two breakdowns of people and money that must both hold.

The published tables break people and money down once by entity and once by location group.
Every entity but one stands wholly in one group: the information technology office and the other
departments at headquarters; commissions, tribunals, Geneva, Nairobi and Vienna away. Field support
is the exception, and what it contributes where is therefore forced, not chosen.

People. Headquarters' 770 less 366 (office) and 375 (departments) leaves 29 of field support in New
York; the offices' 688 less 173, 50, 59, 120, 62 and 139 leaves 85 at the logistics base (Brindisi and
Valencia); field support's 2,875 less 29 and 85 is the missions' 2,761 exactly.

Money, in thousand USD. Headquarters holds 53,976.9 + 87,563.2 = 141,540.1, the offices 49,014.8, field
support 583,892.3. The groups are published as 149, 62 and 563 million, so field support brings 6,959.9
to 7,959.9 at headquarters and 12,485.2 to 13,485.2 away. We let both groups meet their million exactly:
7,459.9 and 12,985.2, which leaves 563,447.2 for the missions. The support account, which pays for
backstopping, goes wholly outside the missions (7,459.9 to New York, 11,539.5 to the logistics base, plus
1,445.7 of the peacekeeping assessments for the base); the missions keep 522,746.1 of peacekeeping and
all 40,701.1 of the regular budget, which is what pays for political missions and the two oldest observer
missions.
"""

from collections import defaultdict

from meridian.site.demoplan.apportionment import apportion
from meridian.site.demoplan.rows import DutyStation, Entity
from meridian.site.demoplan.targets import GROUPS, read_targets, rows_of

FIELD_SUPPORT = "field_support_and_missions"
STATISTICS = {
    "information_technology_office": ("headquarters", "Information technology office"),
    FIELD_SUPPORT: ("missions", "Field support and missions"),
    "other_headquarters_departments": ("headquarters", "Other headquarters departments"),
    "regional_commissions": ("offices_away", "Regional commissions"),
    "tribunal_arusha": ("offices_away", "Tribunal at Arusha"),
    "tribunal_the_hague": ("offices_away", "Tribunal at The Hague"),
    "office_geneva": ("offices_away", "Office at Geneva"),
    "office_nairobi": ("offices_away", "Office at Nairobi"),
    "office_vienna": ("offices_away", "Office at Vienna"),
}
FIELD_SUPPORT_PEOPLE = {
    "headquarters": {"director": 2, "professional": 15, "general_service": 11, "contractor": 1},
    "offices_away": {
        "professional": 16,
        "field_service_and_project": 28,
        "general_service": 10,
        "local": 22,
        "contractor": 9,
    },
}
FIELD_SUPPORT_MONEY = {
    ("headquarters", "peacekeeping_support_account"): 74_599,
    ("offices_away", "peacekeeping_support_account"): 115_395,
    ("offices_away", "peacekeeping"): 14_457,
}
REGULAR_BUDGET_MISSIONS = frozenset(
    "UNAMA UNAMI UNIPSIL BINUB BINUCA UNIOGBIS UNPOS UNOWA CNMC UNOCA UNSCO UNSCOL UNRCCA UNMIN OSASG "
    "UNRGID SEMG UNTSO UNMOGIP".split()
)


def build_entities(stations: list[DutyStation]) -> list[Entity]:
    """The tree: secretariat, nine entities of the tables, departments and missions, 70 ICT units."""
    where = {station.name: index for index, station in enumerate(stations)}
    tree = [Entity("SEC", "Secretariat", "secretariat", -1, "", "headquarters", where["New York"])]
    homes = {row["entity"]: row["duty_station"] for row in reversed(rows_of("units.csv"))}
    position: dict[str, int] = {}
    for statistic, (group, name) in STATISTICS.items():
        home = "New York" if statistic == FIELD_SUPPORT else homes[statistic]
        position[statistic] = len(tree)
        tree.append(Entity(statistic, name, "entity", 0, statistic, group, where[home]))
    for row in rows_of("units.csv"):
        group, station = row["location_group"], where[row["duty_station"]]
        if row["parent"] not in position:
            position[row["parent"]] = len(tree)
            above = position[row["entity"]]
            tree.append(
                Entity(row["parent"], row["parent_name"], "department", above, row["entity"], group, station)
            )
        above = position[row["parent"]]
        tree.append(Entity("ICT-" + row["code"], row["name"], "unit", above, row["entity"], group, station))
    return tree


def unit_weights() -> dict[str, int]:
    """Rough size of each ICT unit by its code in the tree; only proportions matter."""
    return {"ICT-" + row["code"]: int(row["weight"]) for row in rows_of("units.csv")}


def units_by_share(entities: list[Entity]) -> dict[tuple[str, str], list[int]]:
    """Positions of the ICT units of each (entity of the tables, location group)."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, entity in enumerate(entities):
        if entity.kind == "unit":
            found[entity.statistic, entity.location_group].append(index)
    return dict(found)


def people_by_share() -> dict[tuple[str, str], dict[str, int]]:
    """ICT people by (entity, location group) and category: the solution of the two breakdowns."""
    shares: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for (entity, category), persons in read_targets().personnel.items():
        if entity != FIELD_SUPPORT:
            shares[entity, STATISTICS[entity][0]][category] = persons
            continue
        elsewhere = 0
        for group, categories in FIELD_SUPPORT_PEOPLE.items():
            if category in categories:
                shares[entity, group][category] = categories[category]
                elsewhere += categories[category]
        if persons > elsewhere:
            shares[entity, "missions"][category] = persons - elsewhere
    return dict(shares)


def people_by_unit(entities: list[Entity]) -> dict[int, int]:
    """ICT people of each unit: its share of its entity's people in its location group."""
    weights = unit_weights()
    persons: dict[int, int] = {}
    shares = people_by_share()
    for share, units in units_by_share(entities).items():
        total = sum(shares[share].values())
        parts = apportion(total, [weights[entities[unit].code] for unit in units], lower=3)
        persons.update(zip(units, map(int, parts), strict=True))
    return persons


def money_by_share() -> dict[tuple[str, str, str], int]:
    """Yearly ICT budget by (entity, location group, fund) in units of 100 USD."""
    shares: dict[tuple[str, str, str], int] = {}
    for (entity, fund), amount in read_targets().budget.items():
        if entity != FIELD_SUPPORT:
            shares[entity, STATISTICS[entity][0], fund] = amount
            continue
        left = amount
        for group in GROUPS[:2]:
            moved = FIELD_SUPPORT_MONEY.get((group, fund), 0)
            if moved:
                shares[entity, group, fund] = moved
            left -= moved
        if left:
            shares[entity, "missions", fund] = left
    return shares
