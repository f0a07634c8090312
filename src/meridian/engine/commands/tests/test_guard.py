"""No row is written but under an entry, and every difference stands under it."""

import pytest
from django.db import DatabaseError, connection, transaction
from house.factory import MAKER, make
from house.nouns import Account, Region, add_region, change_region, region, remove_region
from house.seeds import owning
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from meridian.engine.audit import trail
from meridian.engine.audit.models import Change, Entry
from meridian.engine.commands import Refusal
from meridian.engine.policies import system_actor

pytestmark = pytest.mark.django_db
TABLE = "places_region"


def execute(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def changes(row_id: int) -> list[tuple]:
    found = Change.objects.filter(table=TABLE, row_id=row_id).order_by("id")
    return list(found.values_list("operation", "before", "after"))


OUTSIDE = {
    "save": lambda row: row.save(),
    "create": lambda row: Region.objects.create(code="SLIP", name={"en": "Slip"}),
    "update": lambda row: Region.objects.update(code="SLIP"),
    "bulk_create": lambda row: Region.objects.bulk_create([Region(code="SLIP", name={"en": "Slip"})]),
    "bulk_update": lambda row: Region.objects.bulk_update([row], ["code"]),
    "delete": lambda row: row.delete(),
    "delete all": lambda row: Region.objects.all().delete(),
    "SQL insert": lambda row: execute(
        "INSERT INTO places_region (code, name, version) VALUES ('S', '{}', 1)"
    ),
    "SQL update": lambda row: execute("UPDATE places_region SET code = 'S'"),
    "SQL delete": lambda row: execute("DELETE FROM places_region"),
}


@pytest.mark.parametrize("way", OUTSIDE)
def test_a_write_outside_of_a_command_is_refused(way):
    row = region("EAST")
    row.code = "WEST"
    with pytest.raises(DatabaseError, match="outside a command"), transaction.atomic():
        OUTSIDE[way](row)
    assert list(Region.objects.values_list("code", flat=True)) == ["EAST"]


def test_after_its_command_a_transaction_may_not_go_on_writing():
    with transaction.atomic():
        row = region("EAST")
        with pytest.raises(DatabaseError, match="outside a command"), transaction.atomic():
            row.save()


def test_statements_over_many_rows_are_recorded_row_by_row():
    rows = [region(f"R{number}") for number in range(3)]
    with trail.entry("tests.rename", MAKER) as opened:
        Region.objects.update(name={"en": "One name"})
        execute("UPDATE places_region SET code = code || 'x'")
        execute("DELETE FROM places_region WHERE id = %s", rows[0].pk)
    found = Change.objects.filter(entry_id=opened)
    counted = {kind: found.filter(operation=kind).count() for kind in ("add", "change", "remove")}
    assert counted == {"add": 0, "change": 6, "remove": 1}
    assert changes(rows[1].pk)[1:] == [
        ("change", {"name": {"en": "Region R1"}}, {"name": {"en": "One name"}}),
        ("change", {"code": "R1"}, {"code": "R1x"}),
    ]


def test_an_update_that_changes_nothing_leaves_no_line():
    row = region("EAST")
    change_region(actor=MAKER, row=row)
    assert [operation for operation, _before, _after in changes(row.pk)] == ["add"]


def test_an_empty_value_inside_of_a_text_is_kept():
    row = region("EAST")
    with trail.entry("tests.nested", MAKER):
        nested = Region.objects.bulk_create([Region(code="N", name={"en": "Nested", "fr": None})])[0]
    assert changes(nested.pk)[0][2]["name"] == {"en": "Nested", "fr": None}
    assert changes(row.pk)


def test_columns_that_are_not_recorded_never_appear():
    account = make(Account, username="someone", password="secret-digest")
    key = account.pk
    with trail.entry("tests.touch", MAKER):
        Account.objects.filter(pk=account.pk).update(password="other-digest", last_login="2026-01-01T00:00Z")
        Account.objects.filter(pk=account.pk).update(password="third-digest", username="renamed")
        account.delete()
    lines = Change.objects.filter(table="access_account", row_id=key)
    assert [line.operation for line in lines.order_by("id")] == ["add", "change", "remove"]
    for line in lines:
        for image in (line.before or {}, line.after or {}):
            assert not {"password", "last_login", "version"} & set(image)
    assert "digest" not in str(list(lines.values()))


def test_the_version_rises_by_one_with_every_change():
    row = region("EAST")
    for expected in (2, 3):
        change_region(actor=MAKER, row=row, name={"en": f"Name {expected}"})
        row.refresh_from_db()
        assert row.version == expected


@pytest.mark.parametrize("statement", ["UPDATE {0} SET id = id", "DELETE FROM {0}"])
@pytest.mark.parametrize("table", ["audit_entry", "audit_change"])
def test_the_trail_itself_is_written_once(table, statement):
    region("EAST")
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic(), owning() as cursor:
        cursor.execute(statement.format(table))


def test_a_refused_command_leaves_nothing():
    region("EAST")
    before = Entry.objects.count(), Change.objects.count()
    with pytest.raises(Refusal):
        region("EAST")
    assert (Entry.objects.count(), Change.objects.count()) == before


def test_a_command_within_a_command_joins_its_entry():
    with trail.entry("tests.outer", MAKER, "because") as outer:
        row = region("EAST")
        change_region(actor=system_actor("inner"), row=row, code="WEST")
    assert Entry.objects.filter(changes__row_id=row.pk, changes__table=TABLE).distinct().get().pk == outer
    assert Entry.objects.get(pk=outer).reason == "because"


def test_a_refused_command_within_takes_only_its_own_rows_along():
    with trail.entry("tests.outer", MAKER):
        region("EAST")
        with pytest.raises(Refusal):
            region("EAST")
        region("WEST")
    assert set(Region.objects.values_list("code", flat=True)) == {"EAST", "WEST"}


def test_an_entry_says_where_it_came_from():
    with trail.origin("job") as came_from:
        region("EAST")
    found = Entry.objects.latest("id")
    assert (found.command, found.channel, found.request) == ("places.region.add", "job", came_from.request)
    region("WEST")
    assert Entry.objects.latest("id").channel == "shell"


def test_a_bulk_load_is_recorded_by_count_and_digest():
    digests = []
    for name in ("same", "same", "other"):
        with trail.bulk_load("tests.load", MAKER) as opened:
            Region.objects.bulk_create(
                [Region(id=900 + n, code=f"L{n}", name={"en": name}) for n in range(5)]
            )
        line = Change.objects.get(entry_id=opened, table=TABLE)
        assert (line.operation, line.row_id, line.after["rows"]) == ("load", None, 5)
        digests.append(line.after["digest"])
        with trail.entry("tests.clear", MAKER):
            Region.objects.all().delete()
    assert digests[0] == digests[1] != digests[2]


def test_after_a_bulk_load_rows_are_recorded_one_by_one():
    with trail.entry("tests.outer", MAKER), trail.bulk_load("tests.load", MAKER):
        pass
    assert [operation for operation, *_images in changes(region("EAST").pk)] == ["add"]


CODES = some.sampled_from(["A", "B", "C", "D"])
STEPS = some.lists(
    some.tuples(
        some.sampled_from(["add", "change", "remove"]), CODES, some.text("xyz", min_size=1, max_size=2)
    ),
    max_size=12,
)


class Replay(TestCase):
    """The changes alone tell what stands in the table now."""

    @settings(max_examples=30)
    @given(STEPS)
    def test_the_trail_replayed_gives_the_rows(self, steps):
        for kind, code, word in steps:
            row = Region.objects.filter(code=code).first()
            try:
                if kind == "add":
                    add_region(actor=MAKER, code=code, name={"en": word})
                elif row and kind == "change":
                    change_region(actor=MAKER, row=row, name={"en": word})
                elif row:
                    remove_region(actor=MAKER, row=row)
            except Refusal:
                assert kind == "add"
        present = {
            row.pk: {"id": row.pk, "code": row.code, "name": dict(row.name)} for row in Region.objects.all()
        }
        assert replayed() == present


def replayed() -> dict[int, dict]:
    rows: dict[int, dict] = {}
    for line in Change.objects.filter(table=TABLE).order_by("id"):
        if line.operation == "remove":
            assert rows.pop(line.row_id) == line.before
        else:
            rows[line.row_id] = rows.get(line.row_id, {}) | line.after
    return rows
