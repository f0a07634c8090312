"""Whatever people do to items, the stored columns are the fold of the log."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from meridian.engine.commands import Refusal
from meridian.work.items.contracts.folding import changing_of
from meridian.work.items.facade import refold
from meridian.work.servicedesk import commands
from meridian.work.servicedesk.models import Link, Merge, Message, WorkItem
from meridian.work.servicedesk.rules import Folded
from meridian.work.servicedesk.testing import (
    SmallDesk,
    agent_actor,
    hold_reason,
    requester_actor,
    small_desk,
    some_item,
)

pytestmark = pytest.mark.django_db

VERBS = (
    *("assign", "take", "start", "hold", "resume", "resolve", "confirm", "close", "reopen", "cancel"),
    *("reply", "answer", "note", "change", "merge", "unmerge", "split", "link", "unlink"),
)


def _arguments(verb: str, desk: SmallDesk, item: WorkItem, other: WorkItem, draw: int) -> dict[str, Any]:
    given = {
        "assign": {
            "team": (desk.desk, desk.second)[draw % 2],
            "assignee": desk.resolver if draw % 2 else None,
        },
        "hold": {
            "hold_reason": hold_reason(("requester", "shipment")[draw % 2]),
            "until": timezone.now() + timedelta(days=1),
            "note": "waits",
        },
        "resolve": {"solution": "done"},
        "reopen": {"text": "still broken"},
        "cancel": {"reason": "not needed"},
        "reply": {"text": "more"},
        "note": {"text": "for us"},
        "change": {"impact": draw % 4 + 1, "urgency": draw // 4 % 4 + 1, "title": f"title {draw}"},
        "merge": {"into": other},
        "link": {"other": other, "type": Link.Type.values[draw % 5]},
        "unlink": {"link": Link.objects.filter(source=item).first() or Link(source=other, target=other)},
        "split": {"message": Message.objects.filter(item=item).first(), "title": "part"},
    }
    return given.get(verb, {})


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(some.tuples(some.sampled_from(VERBS), some.integers(0, 63)), max_size=30))
def test_stored_columns_equal_the_fold(steps: list[tuple[str, int]]) -> None:
    desk = small_desk()
    items = [some_item(desk), some_item(desk, kind="request")]
    for verb, draw in steps:
        item, other = items[draw % 2], items[1 - draw % 2]
        name = "reply" if verb == "answer" else verb
        actor = (
            agent_actor(desk.agent) if verb not in ("reply", "confirm") else requester_actor(desk.requester)
        )
        act = commands.change_item if verb == "change" else getattr(commands, name)
        target = {"row" if verb == "change" else "item": item}
        try:
            act(actor=actor, **target, **_arguments(name, desk, item, other, draw))
        except Refusal:
            continue
    everything = list(WorkItem.objects.values_list("pk", flat=True))
    assert refold(WorkItem, everything) == []
    assert len(everything) >= 2


def test_undoing_a_merge_restores_every_column() -> None:
    desk = small_desk()
    agent = agent_actor(desk.agent)
    for ready in ((), ("resolve",), ("take", "hold")):
        item, target = some_item(desk), some_item(desk)
        for verb in ready:
            getattr(commands, verb)(actor=agent, item=item, **_arguments(verb, desk, item, target, 1))
        before = {
            name: getattr(WorkItem.objects.get(pk=item.pk), _column(name)) for name in changing_of(Folded)
        }
        commands.merge(actor=agent, item=item, into=target)
        merged = WorkItem.objects.get(pk=item.pk)
        assert (merged.state, merged.merged_into_id) == ("closed", target.pk)
        commands.unmerge(actor=agent, item=item)
        restored = WorkItem.objects.get(pk=item.pk)
        assert {name: getattr(restored, _column(name)) for name in changing_of(Folded)} == before
        assert Merge.objects.get(source=item).undone_at is not None
        assert refold(WorkItem, [item.pk, target.pk]) == []


def test_a_merge_is_not_undone_under_a_later_one() -> None:
    desk = small_desk()
    agent = agent_actor(desk.agent)
    first, second, third = some_item(desk), some_item(desk), some_item(desk)
    commands.merge(actor=agent, item=first, into=second)
    commands.merge(actor=agent, item=second, into=third)
    with pytest.raises(Refusal, match="merged further"):
        commands.unmerge(actor=agent, item=first)
    commands.unmerge(actor=agent, item=second)
    commands.unmerge(actor=agent, item=first)
    assert WorkItem.objects.get(pk=first.pk).is_open


def _column(name: str) -> str:
    return (
        f"{name}_id"
        if name in ("team", "assignee", "site", "category", "hold_reason", "merged_into")
        else name
    )
