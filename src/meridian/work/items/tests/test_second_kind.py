"""A second kind of item, with columns, states and tables of its own, lives by the same log and machine."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps
from django.utils import timezone
from house.factory import MAKER, make
from house.nouns import Person
from house.seeds import owning

from meridian.engine.commands import Refusal, Untimely
from meridian.engine.numbering import Series
from meridian.engine.policies import Policy
from meridian.engine.policies import policy as policies
from meridian.work.items.contracts.folding import Folded
from meridian.work.items.contracts.happenings import Happened, Words
from meridian.work.items.contracts.machine import Machine, Move
from meridian.work.items.facade import (
    Item,
    ItemEvent,
    ItemLink,
    ItemMerge,
    ItemMessage,
    ItemNumber,
    ItemPresence,
    ItemWatcher,
    Log,
    Relations,
    insert_item,
    note_presence,
    present_at,
    refold,
    require_verb,
    timeline,
)

pytestmark = pytest.mark.django_db
OPEN, DONE = frozenset({"asked", "tried"}), frozenset({"done"})
SERIES = Series("TRY")
SENTENCES = {"try": "Only what was asked can be tried; this is “%(state)s”."}


@dataclass(slots=True)
class Trial(Folded):
    """One column of its own, which counts."""

    state: str = "asked"
    risk: int = 1
    tries: int = 0
    ENDED: ClassVar = DONE

    def follow(self, type: str, at: datetime, data: Mapping[str, Any]) -> None:
        self.tries += type == "tried"


MACHINE = Machine(OPEN, {"try": Move(frozenset({"asked"}), "tried"), "merge": Move(OPEN, "done")})


@isolate_apps("meridian.work.items")
def tables() -> list[type[models.Model]]:
    """The tables of a change, as a module would declare them."""

    class Change(Item):
        folded, machine = Trial, MACHINE
        state = models.CharField(max_length=8, choices=[(name, name) for name in ("asked", "tried", "done")])
        is_open = models.GeneratedField(
            expression=models.Q(state__in=OPEN), output_field=models.BooleanField(), db_persist=True
        )
        risk = models.IntegerField()
        tries = models.IntegerField()

        class Meta:
            app_label = "items"

    def to(model: Any, name: str = "+") -> models.ForeignKey:
        return models.ForeignKey(model, models.CASCADE, null=True, related_name=name)

    said = made(ItemEvent, item=to(Change, "events"), actor=to(Person), type=models.CharField(max_length=12))
    message = models.OneToOneField(said, models.CASCADE, related_name="message")
    return [
        Change,
        said,
        made(ItemMessage, item=to(Change, "messages"), event=message),
        made(ItemNumber, item=to(Change, "numbers")),
        made(ItemWatcher, item=to(Change, "watchers"), person=to(Person)),
        made(ItemLink, source=to(Change, "links_out"), target=to(Change, "links_in")),
        made(ItemMerge, source=to(Change, "merges_out"), target=to(Change, "merges_in")),
        made(ItemPresence, item=to(Change, "presences"), person=to(Person)),
    ]


def made(base: Any, **fields: Any) -> Any:
    """A table beside the changes."""
    inherited = (base.Meta,) if hasattr(base, "Meta") else ()
    meta = type("Meta", inherited, {"app_label": "items"})
    return type(f"Change{base.__name__}", (base,), {"__module__": __name__, "Meta": meta, **fields})


@pytest.fixture
def change(monkeypatch):
    """The table of changes, while its tables stand."""
    found = tables()
    monkeypatch.setitem(policies._policies, found[0], Policy(found[0]))
    with owning() as cursor, connection.schema_editor() as editor:
        for model in found:
            editor.create_model(model)
        editor.execute(f"CREATE SEQUENCE {SERIES.sequence}")
        tables_made = ", ".join(model._meta.db_table for model in found)
        cursor.execute(f"GRANT ALL ON {tables_made}, {SERIES.sequence} TO PUBLIC")
    return found[0]


def opened(change, title):
    changes = {"title": title, "risk": 3}
    happened = Happened("opened", timezone.now(), None, changes)
    return insert_item(change, SERIES, happened, {"language": "fr"}, "Pourquoi")


def test_one_statement_opens_it_and_two_write_an_event(change, django_assert_num_queries):
    with django_assert_num_queries(1):
        item = opened(change, "Move the mail")
    assert (item.number, item.state, item.risk, item.event_count) == ("TRY0000001", "asked", 3, 1)
    with django_assert_num_queries(2):
        Log(change).record(
            item, Happened("tried", timezone.now(), None, {"state": "tried"}, words=Words("It works"))
        )
    stored = change.objects.get(pk=item.pk)
    assert (stored.state, stored.is_open, stored.tries) == ("tried", True, 1)
    told = timeline(stored, internal=True).shown
    assert [(row.type, row.text) for row in told] == [("opened", "Pourquoi"), ("tried", "It works")]
    with pytest.raises(Untimely, match="this is “tried”"):
        require_verb(MAKER, stored, "try", SENTENCES)
    assert refold(change, [item.pk]) == []
    change.objects.filter(pk=item.pk).update(tries=9)
    assert [found.column for found in refold(change, [item.pk])] == ["tries"]


def test_a_merge_is_undone_exactly_and_parts_end_before_their_whole(change):
    relations = Relations(Log(change))
    whole, part, other = (opened(change, name) for name in ("Whole", "Part", "Other"))
    relations.link(MAKER, whole, part, "parent")
    with pytest.raises(Refusal, match="holds?|own whole"):
        relations.link(MAKER, part, whole, "parent")
    with pytest.raises(Untimely, match="is still open"):
        relations.merge(MAKER, whole, other)
    part, other = change.objects.get(pk=part.pk), change.objects.get(pk=other.pk)
    before = change.objects.filter(pk=part.pk).values("state", "risk", "tries", "merged_into").get()
    relations.merge(MAKER, part, other)
    assert change.objects.get(pk=part.pk).is_open is False
    relations.unmerge(MAKER, part)
    assert change.objects.filter(pk=part.pk).values("state", "risk", "tries", "merged_into").get() == before
    assert refold(change, [whole.pk, part.pk, other.pk]) == []


def test_who_looks_at_it_is_seen_by_others_alone(change):
    item, person = opened(change, "Watched"), make(Person)
    note_presence(change, item=item.pk, person=person.pk, writes=True)
    assert present_at(item, None) == [(f"{person.given_name} {person.family_name}", True)]
    assert present_at(item, person.pk) == []
    Relations(Log(change)).watch(MAKER, item, person)
    assert item.watchers.count() == 1
