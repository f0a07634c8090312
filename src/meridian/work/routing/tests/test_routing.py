"""Hard filters, then weights; and nobody in silence."""

from datetime import timedelta

import pytest
from django.utils import timezone
from house.factory import make
from house.jobs import react
from house.nouns import Account
from hypothesis import given
from hypothesis import strategies as st

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, Untimely
from meridian.engine.notices.models import Notice
from meridian.work.routing.commands import route
from meridian.work.routing.models import RouteRule, Routing
from meridian.work.routing.rules import WEIGHTS, Asked, Candidate, chosen, judge
from meridian.work.servicedesk.facade import assign, resolve
from meridian.work.servicedesk.testing import (
    TESTS,
    account_of,
    agent_actor,
    signed_in,
    small_desk,
    some_item,
)
from meridian.work.shifts.facade import AgentSkill, Hub, Skill
from meridian.work.shifts.testing import on_shift

HOUR = timedelta(hours=1)
ASKED = Asked("fr", True, 7, 5, 3_600, dict.fromkeys(WEIGHTS, 10))
people = st.builds(
    Candidate,
    person=st.integers(1, 9),
    team=st.just(1),
    first_language=st.sampled_from(["fr", "en"]),
    languages=st.frozensets(st.sampled_from(["fr", "en"])),
    skills=st.frozensets(st.integers(6, 8)),
    in_hand=st.integers(0, 7),
    seconds_left=st.integers(0, 30_000),
)


@given(st.lists(people, unique_by=lambda one: one.person))
def test_nobody_is_chosen_who_fails_a_filter_and_somebody_where_anybody_passes(candidates):
    best = chosen(judge(ASKED, candidates))
    able = [
        one
        for one in candidates
        if "fr" in one.languages and 7 in one.skills and one.in_hand < 5 and one.seconds_left >= 3_600
    ]
    assert (best is not None) == bool(able)
    if best:
        assert best.candidate in able
        assert best.score == max(one.score for one in judge(ASKED, able))
    assert judge(ASKED, candidates) == judge(ASKED, list(reversed(candidates)))


@pytest.fixture
def desk(db):
    return small_desk()


def rule(**given):
    values = {"place": 1, "name": "All", "must_speak": False}
    return make(RouteRule, **{**values, **given})


def on_duty(desk, *people, team=None):
    now = timezone.now()
    for person in people:
        on_shift(team or desk.desk, person, now - HOUR, now + 6 * HOUR)


def test_a_new_item_goes_to_whoever_is_on_shift_with_least_in_hand(desk):
    rule(team=desk.desk)
    on_duty(desk, desk.agent, desk.lead)
    busy = some_item(desk, team=desk.desk)
    assign(actor=agent_actor(desk.agent), item=busy, assignee=desk.agent)
    item = some_item(desk)
    react()
    item.refresh_from_db()
    assert item.assignee == desk.lead
    routing = Routing.objects.get(item=item)
    assert (routing.state, routing.person, routing.team) == ("routed", desk.lead, desk.desk)
    busy.refresh_from_db()
    assert busy.assignee == desk.agent, "what somebody has is left to them"


def test_skill_and_language_are_needed_and_who_helped_before_comes_first(desk):
    with trail.entry("tests.arrange", TESTS):
        skill = Skill.objects.create(code="network", name={"en": "Networks"})
        for person in (desk.agent, desk.lead):
            AgentSkill.objects.create(person=person, skill=skill)
    rule(team=desk.desk, skill=skill, must_speak=True)
    on_duty(desk, desk.agent, desk.lead)
    first = some_item(desk, team=desk.desk)
    lead = agent_actor(desk.lead)
    assign(actor=lead, item=first, assignee=desk.lead)
    resolve(actor=lead, item=first, solution="Done")
    routing = route(actor=TESTS, item=some_item(desk))
    assert routing.person == desk.lead
    with trail.entry("tests.arrange", TESTS):
        AgentSkill.objects.filter(person=desk.lead).delete()
    assert route(actor=TESTS, item=some_item(desk)).person == desk.agent


def test_where_nobody_can_have_it_a_person_hears_of_it_and_it_goes_nowhere(desk):
    rule(team=desk.desk)
    lead = make(Account, person=desk.lead)
    item = some_item(desk, team=desk.second)
    react()
    item.refresh_from_db()
    assert (item.assignee, item.team) == (None, desk.second)
    routing = Routing.objects.get(item=item)
    assert routing.state == "unroutable"
    assert {name for each in routing.candidates for name in each["fails"]} >= {"on_shift"}
    assert Notice.objects.get(kind="routing.unroutable").account_id == lead.pk


def test_the_first_rule_that_fits_decides_and_without_a_team_the_hub_that_is_awake(desk):
    make(Hub, code="H", team=desk.second)
    rule(place=1, name="Critical", priority_until=1)
    rule(place=2, name="Switched off", is_active=False)
    rule(place=3, name="All", team=desk.desk)
    on_duty(desk, desk.agent)
    on_duty(desk, desk.resolver, team=desk.second)
    grave = route(actor=TESTS, item=some_item(desk, impact=1, urgency=1))
    plain = route(actor=TESTS, item=some_item(desk))
    assert (grave.rule.name, grave.person) == ("Critical", desk.resolver)
    assert (plain.rule.name, plain.person) == ("All", desk.agent)


def test_without_a_rule_or_when_it_has_ended_nothing_is_routed(desk):
    item = some_item(desk)
    react()
    assert not Routing.objects.exists()
    with pytest.raises(Refusal, match="No rule fits"):
        route(actor=TESTS, item=item)
    rule(team=desk.desk)
    resolve(actor=agent_actor(desk.agent), item=item, solution="Done")
    with pytest.raises(Untimely, match="has ended"):
        route(actor=TESTS, item=item)


def test_the_page_tells_why_it_went_there(desk):
    rule(team=desk.desk)
    on_duty(desk, desk.agent)
    item = some_item(desk)
    client = signed_in(account_of(desk.agent, "servicedesk.workitem.*"))
    assert "No rule has routed this item" in client.get(f"/routing/why/{item.number}/").content.decode()
    react()
    page = client.get(f"/routing/why/{item.number}/").content.decode()
    assert "1. All" in page
    assert str(desk.agent) in page
    assert "not on shift" in page
    stranger = signed_in(account_of(desk.stranger, "servicedesk.team.queue"))
    assert stranger.get(f"/routing/why/{item.number}/").status_code in (403, 404)
