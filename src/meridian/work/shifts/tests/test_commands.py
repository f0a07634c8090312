"""Shifts follow from what people write: rotations, changes, swaps, absences; and what is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from house.factory import MAKER, make
from house.jobs import react
from house.nouns import Account

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, Unpermitted, Unseen, Untimely
from meridian.engine.notices.models import Notice
from meridian.work.servicedesk.testing import agent_actor, requester_actor, small_desk
from meridian.work.shifts import facade
from meridian.work.shifts.commands.demo import roster_demo
from meridian.work.shifts.commands.rotations import (
    add_absence,
    add_member,
    add_override,
    change_rotation,
    remove_absence,
    remove_rotation,
)
from meridian.work.shifts.commands.swaps import accept_swap, ask_swap, refuse_swap, withdraw_swap
from meridian.work.shifts.jobs import extend
from meridian.work.shifts.models import Shift, Swap
from meridian.work.shifts.testing import join, on_shift, rebuild, rotate

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def desk():
    return small_desk()


def shifts_of(person):
    return Shift.objects.filter(person=person, end_at__gt=timezone.now())


def test_a_rotation_makes_shifts_ninety_days_ahead_and_a_change_makes_them_anew(desk):
    rotation = rotate(desk.desk, [desk.agent, desk.lead], begins="08:00", ends="16:00")
    last = Shift.objects.order_by("-start_at").first()
    assert timedelta(days=88) < last.start_at - timezone.now() < timedelta(days=91)
    before = set(Shift.objects.values_list("pk", flat=True))
    assert rebuild(desk.desk)[:2] == (0, 0), "what holds already is not written again"
    assert set(Shift.objects.values_list("pk", flat=True)) == before
    change_rotation(actor=MAKER, row=rotation, begins="10:00", ends="18:00")
    assert set(
        Shift.objects.filter(start_at__gt=timezone.now() + HOUR * 24).values_list("start_at__hour", flat=True)
    ) == {10}
    remove_rotation(actor=MAKER, row=rotation)
    assert not shifts_of(desk.agent)


def test_what_has_been_worked_stays_as_it_was(desk):
    now = timezone.now()
    worked = on_shift(desk.desk, desk.agent, now - 9 * HOUR, now - HOUR)
    rotation = rotate(desk.desk, [desk.lead])
    remove_rotation(actor=MAKER, row=rotation)
    assert list(Shift.objects.all()) == [worked]


def test_every_night_a_day_is_added(desk):
    rotate(desk.desk, [desk.agent])
    last = Shift.objects.latest("start_at")
    with_trail = last.pk
    with trail.entry("tests.forget", MAKER):
        last.delete()
    extend(timestamp=0)
    assert Shift.objects.latest("start_at").pk != with_trail
    assert Shift.objects.latest("start_at").start_at == last.start_at


def test_who_is_away_is_on_no_shift_and_nobody_steps_in_by_itself(desk):
    rotate(desk.desk, [desk.agent])
    start = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=3)
    absence = add_absence(actor=MAKER, person=desk.agent, start_at=start, end_at=start + timedelta(days=2))
    assert not facade.on_duty(start + HOUR, [desk.desk.pk])
    assert facade.on_duty(start - HOUR, [desk.desk.pk])
    remove_absence(actor=MAKER, row=absence)
    assert facade.on_duty(start + HOUR, [desk.desk.pk])


def test_a_lead_puts_somebody_in_the_place_of_another(desk):
    rotate(desk.desk, [desk.agent])
    start = timezone.now() + timedelta(days=2)
    put = {"actor": MAKER, "team": desk.desk, "start_at": start, "end_at": start + HOUR}
    add_override(**put, person=desk.lead, way="instead", instead_of=desk.agent)
    assert [duty.person for duty in facade.on_duty(start, [desk.desk.pk])] == [desk.lead.pk]
    with pytest.raises(Refusal, match="in whose place"):
        add_override(**put, person=desk.lead, way="instead")
    with pytest.raises(Refusal, match="no agent of the team"):
        add_override(**put, person=desk.stranger)


def test_only_agents_of_the_team_take_turns(desk):
    rotation = rotate(desk.desk, [desk.agent])
    with pytest.raises(Refusal, match="no agent of the team"):
        add_member(actor=MAKER, rotation=rotation, place=9, person=desk.stranger)


def coming_shift(desk):
    start = timezone.now() + timedelta(days=1)
    rotate(desk.desk, [desk.agent])
    join(desk.desk, desk.lead)
    return shifts_of(desk.agent).filter(start_at__gt=start).order_by("start_at").first()


def test_a_shift_goes_to_the_colleague_who_accepts_it_and_each_is_told(desk):
    shift = coming_shift(desk)
    for person in (desk.agent, desk.lead):
        make(Account, person=person)
    swap = ask_swap(actor=requester_actor(desk.agent), row=shift, taker=desk.lead, note="The school plays")
    assert [duty.person for duty in facade.on_duty(shift.start_at)] == [desk.agent.pk]
    react()
    accept_swap(actor=requester_actor(desk.lead), row=swap)
    assert [duty.person for duty in facade.on_duty(shift.start_at)] == [desk.lead.pk]
    react()
    told = dict(Notice.objects.values_list("account__person", "text"))
    assert "asks you to take a shift over" in told[desk.lead.pk]
    assert "takes your shift over" in told[desk.agent.pk]
    rebuild(desk.desk)
    assert [duty.person for duty in facade.on_duty(shift.start_at)] == [desk.lead.pk]


def test_nobody_else_asks_answers_or_withdraws(desk):
    shift = coming_shift(desk)
    with pytest.raises((Unpermitted, Unseen)):
        ask_swap(actor=agent_actor(desk.lead), row=shift, taker=desk.lead)
    swap = ask_swap(actor=requester_actor(desk.agent), row=shift, taker=desk.lead)
    with pytest.raises((Unpermitted, Unseen)):
        accept_swap(actor=requester_actor(desk.agent), row=swap)
    with pytest.raises((Unpermitted, Unseen)):
        withdraw_swap(actor=requester_actor(desk.lead), row=swap)
    refuse_swap(actor=requester_actor(desk.lead), row=swap)
    with pytest.raises(Untimely, match="refused already"):
        accept_swap(actor=requester_actor(desk.lead), row=swap)
    assert facade.on_duty(shift.start_at)[0].person == desk.agent.pk


def test_a_swap_is_refused_with_who_is_busy_away_or_no_colleague(desk):
    shift = coming_shift(desk)
    ask = {"actor": requester_actor(desk.agent), "row": shift}
    with pytest.raises(Refusal, match="no agent of the team"):
        ask_swap(**ask, taker=desk.stranger)
    with pytest.raises(Refusal, match="theirs already"):
        ask_swap(**ask, taker=desk.agent)
    add_absence(actor=MAKER, person=desk.lead, start_at=shift.start_at, end_at=shift.end_at)
    with pytest.raises(Refusal, match="away at that time"):
        ask_swap(**ask, taker=desk.lead)
    on_shift(desk.second, desk.lead, shift.start_at, shift.end_at)
    with pytest.raises(Refusal, match="on duty at that time"):
        ask_swap(**ask, taker=desk.lead)


def test_one_shift_is_asked_for_once_at_a_time_and_never_when_it_is_over(desk):
    shift = coming_shift(desk)
    ask = {"actor": requester_actor(desk.agent), "taker": desk.lead}
    swap = ask_swap(**ask, row=shift)
    with pytest.raises(Untimely, match="asked for this shift already"):
        ask_swap(**ask, row=shift)
    withdraw_swap(actor=ask["actor"], row=swap)
    ask_swap(**ask, row=shift)
    now = timezone.now()
    over = on_shift(desk.desk, desk.agent, now - 3 * HOUR, now - HOUR)
    with pytest.raises(Untimely, match="is over"):
        ask_swap(**ask, row=over)
    assert Swap.objects.count() == 2


def test_whom_to_tell_is_the_lead_on_duty_then_who_is_there_then_the_lead_asleep(desk):
    now = timezone.now()
    team = desk.desk.pk
    join(desk.desk, desk.stranger, leads=True)
    assert facade.leads_to_tell(now, team) == [desk.stranger.pk]
    on_shift(desk.desk, desk.agent, now - HOUR, now + HOUR)
    assert facade.leads_to_tell(now, team) == [desk.agent.pk]
    on_shift(desk.desk, desk.stranger, now - HOUR, now + HOUR)
    assert facade.leads_to_tell(now, team) == [desk.stranger.pk]
    assert [duty.person for duty in facade.next_on_duty(now + 2 * HOUR, team)] == []
    on_shift(desk.desk, desk.lead, now + 5 * HOUR, now + 6 * HOUR)
    assert [duty.person for duty in facade.next_on_duty(now + 2 * HOUR, team)] == [desk.lead.pk]
    assert facade.next_start(desk.lead.pk, now) == now + 5 * HOUR
    assert facade.next_start(desk.agent.pk, now) == now
    assert facade.is_on_duty(desk.agent.pk, now)
    assert not facade.is_on_duty(desk.lead.pk, now)


def test_a_hub_says_until_when_somebody_is_there_and_who_comes_next(desk):
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    make(facade.Hub, code="H1", team=desk.desk)
    for begin, end in ((-1, 2), (1, 3), (5, 6)):
        on_shift(desk.desk, desk.agent if begin != 1 else desk.lead, now + begin * HOUR, now + end * HOUR)
    hub = facade.hubs_at(now)[0]
    assert (hub.until, hub.next_start) == (now + 3 * HOUR, now + 5 * HOUR)
    assert [duty.person for duty in hub.awake] == [desk.agent.pk]
    asleep = facade.hubs_at(now + 4 * HOUR)[0]
    assert (asleep.awake, asleep.until, asleep.next_start) == ((), None, now + 5 * HOUR)


def test_a_demo_without_hubs_stays_without_rosters():
    roster_demo(MAKER)
    assert not facade.Hub.objects.exists()
