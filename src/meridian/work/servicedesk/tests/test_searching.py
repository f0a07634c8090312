"""Items are found by their words and by what was said about them, by whoever may read it; none is lost."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection

from meridian.engine.audit import trail
from meridian.engine.policies import Actor, Grant
from meridian.engine.search import streams
from meridian.engine.search.find import find
from meridian.engine.search.index import index_pending
from meridian.work.servicedesk import commands
from meridian.work.servicedesk.models import Message, Watcher, WorkEvent, WorkItem
from meridian.work.servicedesk.testing import (
    TESTS,
    SmallDesk,
    agent_actor,
    further_number,
    requester_actor,
    small_desk,
    some_item,
)

pytestmark = pytest.mark.django_db

VOCABULARY = (
    ("Réseau", "reseau", "RÉSEAU"),
    ("Zürich", "zurich"),
    ("الطابعة", "طابعه", "الطَّابِعـــة"),
    ("أحمد", "احمد"),
    ("資訊", "资讯"),
    ("網絡", "网络"),
    ("подключён", "ПОДКЛЮЧЕН"),
    ("кабель", "Кабель"),
    ("gateway", "Gateway"),
    ("INC0000777", "inc777"),
)
"""Words in ways of writing them that are the same to who searches."""
OPERATOR = Actor(None, None, "operator", (Grant(frozenset({"*"})),))


@pytest.fixture
def desk() -> SmallDesk:
    return small_desk()


def drain() -> None:
    while index_pending():
        pass


def found(actor: Actor, text: str, shown: int = 7) -> list[int]:
    """The items that a search finds, page by page to its end."""
    rows: list[int] = []
    after = ""
    for _page in count():
        findings = find(actor, text, "servicedesk.workitem", after, shown)
        rows += [hit.row.pk for hit in findings.hits]
        after = findings.after
        if not after:
            return rows
    raise AssertionError("unreachable")


Said = dict[int, list[tuple[set[int], bool, int | None]]]
"""By item, of each of its texts: the words in it, whether it is the heading, the message if it is one."""


def random_desk(desk: SmallDesk, chance: random.Random, items: int) -> Said:
    said: Said = defaultdict(list)
    people = (desk.requester, desk.requester, desk.stranger, desk.agent)
    begun = datetime(2026, 1, 5, tzinfo=UTC)
    with trail.entry("testing.arrange", TESTS):
        for number in range(items):
            chosen, text = random_words(chance)
            at = begun + timedelta(hours=chance.randrange(48))
            item = WorkItem.objects.create(
                number=f"X{number}X",
                kind="incident",
                title=text,
                language=chance.choice(("en", "fr", "ar", "ru", "zh-hans")),
                requester=chance.choice(people),
                team=chance.choice((desk.desk, desk.second, None)),
                opened_at=at,
                due_at=at,
                updated_at=at,
            )
            said[item.pk].append((chosen, True, None))
            if chance.random() < 0.2:
                Watcher.objects.create(item=item, person=desk.stranger)
            for sequence in range(chance.choice((0, 0, 1, 3))):
                chosen, text = random_words(chance)
                event = WorkEvent.objects.create(item=item, sequence=sequence + 1, at=at, type="replied")
                visibility = chance.choice(("public", "internal"))
                message = Message.objects.create(event=event, item=item, visibility=visibility, text=text)
                said[item.pk].append((chosen, False, message.pk))
    drain()
    return said


def random_words(chance: random.Random) -> tuple[set[int], str]:
    chosen = chance.sample(range(len(VOCABULARY)), chance.choice((1, 2, 2, 3)))
    written = [chance.choice(VOCABULARY[word]) for word in chosen]
    return set(chosen), chance.choice((" ", ", ", " / ", "-", "_")).join(written)


def readable(actor: Actor, said: Said) -> dict[int, tuple[float, list[set[int]]]]:
    """By item that the actor may see: when it was opened, the words of what they may read, title first."""
    messages = set(Message.objects.permitted(actor, "view").values_list("pk", flat=True))
    return {
        item.pk: (
            item.opened_at.timestamp(),
            [words for words, _heading, message in said[item.pk] if message is None or message in messages],
        )
        for item in WorkItem.objects.permitted(actor, "view").distinct()
    }


def slowly_found(read: dict[int, tuple[float, list[set[int]]]], asked: set[int]) -> list[int]:
    """Every item of which the texts hold all the words, looked at one by one."""
    ranked = [
        (not asked <= texts[0], -at, -key)
        for key, (at, texts) in read.items()
        if asked <= set().union(*texts)
    ]
    return [-key for _rank, _at, key in sorted(ranked)]


@pytest.fixture(params=["as it is", "every step tiny"])
def steps(request: Any, monkeypatch: Any) -> Iterator[None]:
    """The ways of a search that many rows take are walked with few, too."""
    if request.param != "as it is":
        for where, name, value in (
            (streams, "FEW", 6), (streams, "FEW_OF_A_KIND", 2), (streams, "FEW_OWN_ROWS", 4),
            (streams, "STEPS", (1, 2)), (streams, "WINDOWS", (4, 12)), (streams, "BATCH", 3),
            (streams, "FREQUENT", 1), (streams, "LEAST_SEEN", 1),
        ):  # fmt: skip
            monkeypatch.setattr(where, name, value)
    return


@pytest.mark.parametrize("seed", range(2))
def test_a_search_finds_just_the_rows_that_one_may_see_best_and_newest_first(
    desk: SmallDesk, steps: None, seed: int
) -> None:
    chance = random.Random(seed)
    said = random_desk(desk, chance, 40)
    actors = {
        "requester": requester_actor(desk.requester),
        "watcher": requester_actor(desk.stranger),
        "team": agent_actor(desk.lead, desk.desk),
        "agent with own": agent_actor(desk.agent, desk.second),
        "operator": OPERATOR,
    }
    questions = [[word] for word in range(len(VOCABULARY))]
    questions += [chance.sample(range(len(VOCABULARY)), 2) for _number in range(2)]
    for name, actor in actors.items():
        read = readable(actor, said)
        for asked in questions:
            text = " ".join(chance.choice(VOCABULARY[word]) for word in asked)
            wanted = slowly_found(read, set(asked))
            given = found(actor, text)
            # A heading that is just what was typed comes before all others: compared as a set there.
            assert len(given) == len(set(given)), (name, text)
            assert set(given) == set(wanted), (name, text)
            assert [key for key in given if not is_whole(said, key, asked)] == [
                key for key in wanted if not is_whole(said, key, asked)
            ], (name, text)


def is_whole(said: Said, key: int, asked: list[int]) -> bool:
    return said[key][0][0] == set(asked)


def test_the_subject_of_ones_own_item_is_found_however_many_others_hold_its_words(
    desk: SmallDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "FEW", 20)
    own = some_item(desk, title="Printer jam on floor three")
    at = datetime(2026, 1, 5, tzinfo=UTC)
    with trail.entry("testing.arrange", TESTS):
        WorkItem.objects.bulk_create(
            WorkItem(
                number=f"X{number}X",
                kind="incident",
                title=f"Printer jam on floor three, number {number}",
                requester=desk.stranger,
                opened_at=at,
                due_at=at,
                updated_at=at,
            )
            for number in range(300)
        )
    drain()
    assert found(requester_actor(desk.requester), own.title) == [own.pk]
    everything = found(OPERATOR, own.title, shown=50)
    assert everything[0] == own.pk
    assert len(everything) == 301


def test_a_note_for_the_desk_is_found_by_the_desk_alone(desk: SmallDesk) -> None:
    item = some_item(desk, title="No signal", text="The dish on the roof is bent")
    commands.note(actor=agent_actor(desk.agent), item=item, text="Caller sounds suspicious")
    commands.reply(actor=agent_actor(desk.agent), item=item, text="A technician is underway")
    drain()
    requester, agent = requester_actor(desk.requester), agent_actor(desk.agent)
    for text in ("roof bent", "technician", "signal technician roof"):
        assert found(requester, text) == found(agent, text) == [item.pk], text
    for text in ("suspicious", "signal suspicious", "suspicious technician"):
        assert found(requester, text) == [], text
        assert found(agent, text) == [item.pk], text
    assert find(requester, "suspicious").facets == []


def test_what_is_said_or_numbered_later_is_found_and_what_is_changed_is_not(desk: SmallDesk) -> None:
    item = some_item(desk, title="No signal")
    drain()
    agent = agent_actor(desk.agent)
    commands.reply(actor=agent, item=item, text="Transponder replaced")
    further_number(item, "OLD-0815")
    commands.change_item(actor=agent, row=item, title="No picture")
    drain()
    for text in ("transponder", "old-0815", "815", "OLD 815", "picture"):
        assert found(agent, text) == [item.pk], text
    assert found(agent, "signal") == []


def test_a_number_is_found_in_any_short_form_before_what_only_mentions_it(desk: SmallDesk) -> None:
    item = some_item(desk)
    count = item.number.removeprefix("INC").lstrip("0")
    other = some_item(desk, title="Another", text=f"Like {item.number}")
    drain()
    for text in (item.number, count, f"inc{count}", f"inc {count}", f"00{count}", f"#{count}"):
        assert found(agent_actor(desk.agent), text)[:1] == [item.pk], text
    assert found(agent_actor(desk.agent), count) == [item.pk, other.pk]


def test_a_very_long_conversation_is_found_from_its_first_word_to_its_last(desk: SmallDesk) -> None:
    words = [f"w{number}ord filler{number}" for number in range(30_000)]
    item = some_item(desk, title="Verbose", text="alphabeginning")
    for start in range(0, len(words), 800):
        said = " ".join(words[start : start + 800])
        commands.reply(actor=agent_actor(desk.agent), item=item, text=said)
    commands.reply(actor=agent_actor(desk.agent), item=item, text="omegaending 信息技术办公室")
    drain()
    for text in (
        "alphabeginning",
        "omegaending",
        "filler15000",
        "w29999ord",
        "信息技术",
        "verbose omegaending",
    ):
        assert found(agent_actor(desk.agent), text) == [item.pk], text


def test_a_row_is_found_by_one_of_many_texts_though_most_are_not_for_the_reader(
    desk: SmallDesk, steps: None
) -> None:
    begun = datetime(2026, 1, 5, tzinfo=UTC)
    wanted = set()
    with trail.entry("testing.arrange", TESTS):
        for number in range(12):
            item = WorkItem.objects.create(
                number=f"X{number}X", kind="incident", title="Nothing", requester=desk.requester,
                opened_at=begun, due_at=begun, updated_at=begun,
            )  # fmt: skip
            for sequence in range(6):
                event = WorkEvent.objects.create(item=item, sequence=sequence + 1, at=begun, type="replied")
                visibility = "public" if sequence == number % 6 else "internal"
                Message.objects.create(event=event, item=item, visibility=visibility, text="gateway")
            wanted.add(item.pk)
    drain()
    with connection.cursor() as cursor:
        # What is written anew lies behind: of documents of one row no order is promised.
        cursor.execute("UPDATE search_searchdocument SET part = part WHERE action = 'view'")
    assert set(found(requester_actor(desk.requester), "gateway")) == wanted
