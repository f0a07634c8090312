"""The rows that an imported incident refers to, made when the log first names them."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Model
from django.db.models.functions import Lower
from psycopg import sql

from meridian.engine.policies import Actor
from meridian.engine.resources.registry import resources
from meridian.registers.organisation.facade import ensure_root
from meridian.work.histories.rules.wording import (
    HOLD_REASON_NAMES,
    PERSONS,
    PLACES,
    code_of,
    person_of,
)

CODE = "incident-log"
LABEL = {"en": "Imported incident log"}
AROUND_THE_CLOCK = {str(weekday): [["00:00", "24:00"]] for weekday in range(1, 8)}
MODELS = {
    **dict.fromkeys(PERSONS, "people.person"),
    "team": "servicedesk.team",
    "site": "places.site",
    "category": "servicedesk.category",
}
LONGEST_NAME = 120

Words = dict[str, set[str]]


class Referents:
    """Keys of people, groups, locations, categories and hold reasons by the log's words.

    `keys[kind][word]` holds for every word that was given to `provide`; None leads to None.
    """

    def __init__(self, actor: Actor) -> None:
        self._models: dict[str, Any] = {f"{one.module()}.{one.noun()}": one.model for one in resources()}
        self.keys: dict[str, dict[str | None, int | None]] = {kind: self._stored(kind) for kind in MODELS}
        self.keys["hold_reason"] = self._hold_reasons()
        self._actor = actor
        self._surroundings: dict[str, int] = {}
        self._is_analysed = False

    def provide(self, words: Words) -> None:
        """Make the rows that are missing; one statement for each kind."""
        for kind, wanted in words.items():
            missing = sorted(wanted - self.keys[kind].keys())
            if missing:
                model = self._models[MODELS[kind]]
                rows = model.objects.bulk_create(self._rows(model, kind, missing))
                self.keys[kind].update(zip(missing, (row.pk for row in rows), strict=True))
        if not self._is_analysed:
            self._analyse()

    def groups_of(self, log: int, words: Iterable[str]) -> dict[str, int]:
        """The resolver groups that the words of one log stand for, made where they are missing."""
        teams = self._models["servicedesk.team"]
        codes = {word: f"log-{log}-{hashlib.sha256(word.encode()).hexdigest()[:16]}" for word in words}
        stored = dict(teams.objects.filter(code__startswith=f"log-{log}-").values_list("code", "pk"))
        missing = [(word, code) for word, code in sorted(codes.items()) if code not in stored]
        if missing:
            around = self._around()
            rows = teams.objects.bulk_create(
                teams(code=code, name=word[:LONGEST_NAME], kind="resolver", languages=["en"], **around)
                for word, code in missing
            )
            stored.update((row.code, row.pk) for row in rows)
        return {word: stored[code] for word, code in codes.items()}

    def people_at(self, addresses: Iterable[str]) -> dict[str, int]:
        """The people of the house who have one of these mail addresses, which are in small letters."""
        people = self._models["people.person"].objects
        found = people.annotate(address=Lower("email")).filter(address__in=list(addresses))
        return dict(found.values_list("address", "pk"))

    def _analyse(self) -> None:
        """Tell the planner, which took an empty house's register for tiny, that it isn't any more."""
        tables = {self._models[name]._meta.db_table for name in MODELS.values()}
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL("ANALYZE {}").format(sql.SQL(", ").join(map(sql.Identifier, sorted(tables))))
            )
        self._is_analysed = True

    def _stored(self, kind: str) -> dict[str | None, int | None]:
        model, prefix, key = self._models[MODELS[kind]], code_of(kind, ""), _key(kind)
        rows = model.objects.filter(**{f"{key}__startswith": prefix}).values_list(key, "pk")
        return {None: None, **{code.removeprefix(prefix): pk for code, pk in rows}}

    def _hold_reasons(self) -> dict[str | None, int | None]:
        model = self._models["servicedesk.holdreason"]
        found = dict(model.objects.filter(code__in=HOLD_REASON_NAMES).values_list("code", "pk"))
        for code, name in HOLD_REASON_NAMES.items():
            if code not in found:
                found[code] = model.objects.create(code=code, name=dict(name)).pk
        return {None: None, **found}

    def _rows(self, model: Any, kind: str, words: Iterable[str]) -> list[Model]:
        describe: Callable[[str], dict[str, Any]] = getattr(
            self, f"_{kind}", lambda word: person_of(kind, word)
        )
        return [model(**{_key(kind): code_of(kind, word)}, **describe(word)) for word in words]

    def _team(self, word: str) -> dict[str, Any]:
        around = self._around()
        return {"name": f"{PLACES['team']} {word}", "kind": "resolver", "languages": ["en"], **around}

    def _site(self, word: str) -> dict[str, Any]:
        station = self._around()["duty_station_id"]
        return {"name": f"{PLACES['site']} {word}", "duty_station_id": station, "bandwidth_class": "B"}

    def _category(self, word: str) -> dict[str, Any]:
        return {"name": {"en": f"{PLACES['category']} {word}"}}

    def _around(self) -> dict[str, int]:
        """Unit, duty station and calendar of the groups: the log names none of them."""
        if not self._surroundings:
            self._surroundings = {
                "unit_id": ensure_root(actor=self._actor),
                "duty_station_id": self._duty_station(),
                "calendar_id": self._calendar(),
            }
        return self._surroundings

    def _duty_station(self) -> int:
        region = self._made("places.region", code=CODE, name=LABEL)
        # ISO 3166-1 leaves ZZ to its users; it is read as an unknown country.
        country = self._made("places.country", code="ZZ", name={"en": "Unknown country"}, region_id=region)
        where = {"location_group": "headquarters", "zone": "UTC", "latitude": 0, "longitude": 0}
        return self._made("places.dutystation", code=CODE, name=LABEL, country_id=country, **where)

    def _calendar(self) -> int:
        calendar = self._made("calendars.calendar", code=CODE, name=LABEL, zone="UTC")
        versions = self._models["calendars.calendarversion"].objects
        versions.get_or_create(
            calendar_id=calendar, effective_on=date(2000, 1, 1), defaults={"weekly": AROUND_THE_CLOCK}
        )
        return calendar

    def _made(self, resource: str, /, *, code: str, **values: Any) -> int:
        row, _is_new = self._models[resource].objects.get_or_create(code=code, defaults=values)
        return int(row.pk)


def _key(kind: str) -> str:
    return "number" if kind in PERSONS else "code"


def no_words() -> Words:
    """An empty collection of words by kind."""
    return defaultdict(set)
