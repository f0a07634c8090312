"""The figures of the desks against slow oracles, and what their page shows and proves."""

import math
import re
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from meridian.engine.audit import trail
from meridian.engine.policies import Actor, Grant
from meridian.insight.deskfigures.queries import ages, load, times
from meridian.insight.deskfigures.rules.forecast import expected
from meridian.insight.deskfigures.words import duration_text
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.servicedesk.testing import (
    TESTS,
    SmallDesk,
    account_of,
    agent_actor,
    signed_in,
    small_desk,
    some_item,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def desk(django_db_setup, django_db_blocker):
    """Two desks with 90 items of known lives, made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = small_desk()
        lives = _lives(made)
        yield made, lives
        transaction.set_rollback(True)


def _lives(desk: SmallDesk) -> list[WorkItem]:
    random, now = Random(7), timezone.now()
    with trail.entry("testing.arrange", TESTS):
        for number in range(90):
            item = some_item(desk, language=random.choice(("en", "fr")), title=f"Item {number}")
            opened = now - timedelta(hours=random.uniform(0, 24 * 130))
            answered = opened + timedelta(hours=random.uniform(0, 9)) if random.random() < 0.9 else None
            resolved = opened + timedelta(hours=random.uniform(1, 99)) if random.random() < 0.7 else None
            team = random.choice((desk.desk, desk.second))
            WorkItem.objects.filter(pk=item.pk).update(
                opened_at=opened,
                responded_at=answered,
                resolved_at=resolved,
                state="resolved" if resolved else "in_progress",
                team=team,
                priority=random.choice((1, 2, 3)),
            )
    return list(WorkItem.objects.filter(team__in=(desk.desk, desk.second)))


def _oracle(values: list[float], share: float) -> tuple[float, float | None, float | None]:
    ordered, n = sorted(values), len(values)
    reach = 1.96 * math.sqrt(n * share * (1 - share))
    low, high = math.floor(n * share - reach), math.ceil(n * share + reach)

    def at(rank: int) -> float | None:
        return ordered[rank - 1] if 1 <= rank <= n else None

    return ordered[math.ceil(n * share) - 1], at(low), at(high)


@pytest.mark.parametrize("by", ["team", "language"])
def test_durations_are_those_of_a_slow_oracle(desk, by):
    made, lives = desk
    today = timezone.localdate()
    first = today - timedelta(days=60)
    found = {row.key: row for row in times(agent_actor(made.agent), by, first, today)}
    groups: dict = {}
    for item in lives:
        if timezone.localdate(item.opened_at) >= first:
            groups.setdefault(item.team_id if by == "team" else item.language, []).append(item)
    assert {key: row.items for key, row in found.items()} == {key: len(of) for key, of in groups.items()}
    for key, of in groups.items():
        for column, quantiles in (
            ("responded_at", found[key].answered),
            ("resolved_at", found[key].resolved),
        ):
            took = [
                (getattr(item, column) - item.opened_at) / timedelta(hours=1)
                if getattr(item, column)
                else math.inf
                for item in of
            ]
            for share, told in zip((0.5, 0.9), quantiles, strict=True):
                hours, low, high = _oracle(took, share)
                assert told.hours == pytest.approx(hours)
                assert told.low == (low if low is None else pytest.approx(low))
                assert told.high == (high if high is None else pytest.approx(high))


def test_every_open_item_has_one_age_and_hours_count_what_came(desk):
    made, lives = desk
    actor, today = agent_actor(made.agent), timezone.localdate()
    found = ages(actor, today)
    open_items = [item for item in lives if item.is_open]
    assert sum(row.items for row in found) == len(open_items)
    for row in found:
        old = [(today - timezone.localdate(item.opened_at)).days for item in open_items]
        assert row.items == sum(row.least <= days and (row.most is None or days <= row.most) for days in old)
    day = today - timedelta(days=3)
    hours = load(actor, day, timezone.now())
    assert sum(hour.came for hour in hours) == sum(
        timezone.localdate(item.opened_at) == day for item in lives
    )
    assert len(hours) == 24


def test_hours_are_those_of_the_clocks_on_the_wall():
    """A day on which clocks go forward has 23, and each looks at its own hour of the weeks before."""
    made = small_desk()
    with timezone.override("Europe/Madrid"):
        item = some_item(made)
        with trail.entry("testing.arrange", TESTS):
            at = datetime(2026, 3, 22, 11, 30, tzinfo=UTC)
            WorkItem.objects.filter(pk=item.pk).update(opened_at=at)
        day = timezone.localdate(at) + timedelta(days=7)
        hours = load(agent_actor(made.agent), day, timezone.now())
        assert len(hours) == 23
        lit = [timezone.localtime(hour.at).hour for hour in hours if hour.expected]
        assert lit == [12]


def test_an_expectation_holds_what_it_says():
    random = Random(3)
    hits = 0
    for _trial in range(2_000):
        mean = random.uniform(20, 200)
        counts = [round(random.gauss(mean, mean**0.5)) for _week in range(9)]
        _mean, low, high = expected(counts[:8])
        hits += low <= counts[8] <= high
    assert 0.93 <= hits / 2_000 <= 0.97
    with pytest.raises(ValueError, match="Two to twelve"):
        expected([1])


def test_durations_are_said_plainly():
    assert [duration_text(hours) for hours in (0.5, 1.0, 47.9, 60, math.inf)] == [
        "30 minutes",
        "1.0 h",
        "47.9 h",
        "2.5 days",
        "not done yet",
    ]


def test_the_page_proves_its_counts_and_shows_only_the_readers_desks(desk):
    made, _lives_of_both = desk
    grant = Grant(frozenset({"servicedesk.workitem.*"}), made.second.unit.path)
    actor = Actor(made.resolver.pk, made.resolver.pk, "resolver", (grant,))
    keys = {
        row.key
        for row in times(actor, "team", timezone.localdate() - timedelta(days=200), timezone.localdate())
    }
    assert keys == {made.second.pk}
    client = signed_in(account_of(made.agent, "servicedesk.workitem.*"))
    page = client.get("/desk-figures/?by=language&days=365&then=yesterday")
    assert page.status_code == 200
    proofs = re.findall(r'href="(/proof/deskfigures\.[^"]+)"', page.content.decode())
    assert len(proofs) >= 14
    for address in proofs[:3] + proofs[-2:]:
        proof = client.get(address.replace("&amp;", "&"))
        assert proof.status_code == 200, address
    for wrong in ("?by=moon", "?days=5", "?then=never", "?other=1"):
        assert client.get(f"/desk-figures/{wrong}").status_code == 422
    assert signed_in(account_of(made.requester)).get("/desk-figures/").status_code == 403
    assert Client().get("/desk-figures/").status_code == 302
