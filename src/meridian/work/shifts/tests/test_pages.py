"""The roster, the coverage picture, and planned rosters that are taken over."""

import json
from datetime import date, datetime, time, timedelta

import pytest
from click.testing import CliRunner
from django.utils import timezone
from house.factory import MAKER, make

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal
from meridian.engine.design.marks import Said
from meridian.work.servicedesk.testing import TESTS, account_of, signed_in, small_desk
from meridian.work.shifts.cli import VERBS
from meridian.work.shifts.commands.taking_over import take_over
from meridian.work.shifts.models import AgentSkill, CoverageNeed, Hub, Rotation, Shift, Skill
from meridian.work.shifts.rules.heat_map import HeatLine, draw_heat_map, runs
from meridian.work.shifts.rules.plans import UnreadRoster, groups_of, turns_of
from meridian.work.shifts.testing import join, on_shift, rotate

pytestmark = pytest.mark.django_db
LEAD = ("servicedesk.*", "shifts.*")


class Awake:
    """The house of the tests stands already."""

    def prepare_database(self):
        """Nothing is left to do."""


@pytest.fixture
def hub():
    desk = small_desk()
    hub = make(Hub, code="NAIROBI", name={"en": "Nairobi"}, team=desk.desk)
    hub.desk = desk
    return hub


def page_of(person, address, *permissions):
    answer = signed_in(account_of(person, *permissions)).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_roster_shows_shifts_by_the_clock_of_the_hub_and_what_is_to_mend(hub):
    desk = hub.desk
    monday = datetime(2026, 3, 2, 5, tzinfo=timezone.get_default_timezone())
    on_shift(desk.desk, desk.agent, monday, monday + timedelta(hours=8))
    on_shift(desk.desk, desk.agent, monday + timedelta(hours=17), monday + timedelta(hours=25))
    page = page_of(desk.lead, "/shifts/roster/?hub=NAIROBI&week=2026-03-04", *LEAD)
    assert "08:00–16:00" in page
    assert "less than 11 hours of rest" in page
    assert "Put somebody on duty" in page
    assert str(desk.lead) in page.split("On no shift this week:")[1]


def test_an_agent_sees_the_roster_without_what_only_a_lead_changes(hub):
    rotate(hub.team, [hub.desk.agent])
    page = page_of(hub.desk.agent, "/shifts/roster/")
    assert str(hub.desk.agent) in page
    assert "Put somebody on duty" not in page
    assert str(hub.desk.agent) not in page_of(hub.desk.stranger, "/shifts/roster/")


@pytest.mark.parametrize("asked", ["hub=NOWHERE", "week=tomorrow", "week=0001-01-01", "colour=red"])
def test_what_a_roster_does_not_know_is_refused_in_words(hub, asked):
    client = signed_in(account_of(hub.desk.lead, *LEAD))
    assert client.get(f"/shifts/roster/?{asked}").status_code == 422


def test_a_gap_of_a_language_is_drawn_and_told(hub):
    desk = hub.desk
    with trail.entry("tests.arrange", TESTS):
        desk.agent.language = "fr"
        desk.agent.save()
        skill = Skill.objects.create(code="network", name={"en": "Networks"})
        AgentSkill.objects.create(person=desk.agent, skill=skill)
        CoverageNeed.objects.create(team=desk.desk, language="fr", skill=skill)
        CoverageNeed.objects.create(team=desk.desk, language="ar")
    monday = datetime(2026, 3, 2, 5, tzinfo=timezone.get_default_timezone())
    for day in range(5):
        start = monday + timedelta(days=day)
        # The office of the calendar is open from 8 to 18; on Wednesday the agent goes at 16.
        on_shift(desk.desk, desk.agent, start, start + timedelta(hours=8 if day == 2 else 10))
    page = page_of(desk.lead, "/shifts/coverage/?hub=NAIROBI&week=2026-03-02", *LEAD)
    assert 'class="gap"' in page
    row = page.rpartition("French · Networks")[2].split("</tr>")[0]
    assert ">50<" in row.replace(" ", "")
    assert ">2<" in row.replace(" ", "")
    assert "Arabic" in page
    whole = page_of(desk.resolver, "/shifts/coverage/?week=2026-03-02&skill=network", *LEAD)
    assert "French · Networks" in whole
    assert "Russian · Networks" in whole


def test_equal_hours_are_drawn_as_one():
    assert runs([1, 1, 0, 2]) == [(0, 2, 1), (2, 3, 0), (3, 4, 2)]
    line = HeatLine("<fr>", 1, (0, 0, 1, -1, 9))
    drawn = draw_heat_map("A & B", [(0, "Mon")], [line], lambda _line, first, last: Said(f"{first}-{last}"))
    assert drawn.count("<rect") == 3
    assert [drawn.count(f"<title>{hours}</title>") for hours in ("0-2", "2-3", "3-4", "4-5")] == [1, 1, 0, 1]
    assert "A &amp; B" in drawn
    assert "&lt;fr&gt;" in drawn


def planned(*lines, languages=("en",)):
    group = {
        "pool": "whole",
        "languages": list(languages),
        "people": len(lines),
        "week": [list(line) for line in lines],
    }
    return json.dumps({"rosters": {"one_virtual_desk": {"groups": [group]}}})


def test_lines_of_a_plan_become_turns_in_the_hubs_own_hours():
    group = groups_of(planned([(5, 8), (29, 8)], [(21, 8)]), "", "")[0]
    monday = date(2026, 3, 2)
    assert [
        (turn.begins, turn.ends, turn.weekdays) for turn in turns_of(group.lines[0], monday, "Africa/Nairobi")
    ] == [(time(8), time(16), (1, 2))]
    assert turns_of(group.lines[1], monday, "Africa/Nairobi")[0].weekdays == (2,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"rosters": {}}',
        planned([(200, 8)]),
        planned([(0, 30)]),
        planned([("0", 8)]),
        planned([(1,)]),
    ],
)
def test_what_is_no_roster_is_refused(text):
    with pytest.raises(UnreadRoster):
        groups_of(text, "", "")


def test_a_planned_roster_is_taken_over_from_a_monday_on(hub, tmp_path):
    desk = hub.desk
    before = rotate(desk.desk, [desk.agent, desk.lead], name="Before")
    monday = timezone.localdate() + timedelta(days=14)
    monday -= timedelta(days=monday.weekday())
    file = tmp_path / "roster.json"
    file.write_text(planned([(5, 8)], [(29, 8)]), encoding="utf-8")
    asked = [str(file), "--hub", "NAIROBI", "--from", monday.isoformat(), "--json"]
    said = CliRunner().invoke(VERBS["shifts take-over"], asked, obj=Awake())
    assert said.exit_code == 0, said.output
    assert json.loads(said.output)["rotations"] == 2
    before.refresh_from_db()
    assert before.ends_on == monday - timedelta(days=1)
    coming = Shift.objects.filter(start_at__date__gte=monday, source="rotation").order_by("start_at")
    first = [(shift.start_at.date() - monday, shift.person_id) for shift in coming[:4]]
    one, other = desk.agent.pk, desk.lead.pk
    days = [timedelta(days=each) for each in (0, 1, 7, 8)]
    assert first == list(zip(days, (one, other, other, one), strict=True)), "each week everybody moves on"
    assert not Rotation.objects.filter(starts_on__lt=monday, ends_on=None).exists()


def test_a_roster_for_more_people_than_there_are_is_refused_whole(hub):
    rotate(hub.team, [hub.desk.agent])
    join(hub.team, hub.desk.lead)

    def take(text, **given):
        values = {"starts_on": date(2027, 3, 1), **given}
        take_over(actor=MAKER, row=hub, roster=text, **values)

    with pytest.raises(Refusal, match="3 people who speak en"):
        take(planned([(5, 8)], [(5, 8)], [(5, 8)]))
    with pytest.raises(Refusal, match="1 people who speak zh"):
        take(planned([(5, 8)], languages=("zh-hans",)))
    with pytest.raises(Refusal, match="Monday"):
        take(planned([(5, 8)]), starts_on=date(2027, 3, 2))
    with pytest.raises(Refusal, match="one of the plans of the file: one_virtual_desk"):
        take(planned([(5, 8)]), plan="regional")
    with pytest.raises(Refusal, match="one of the pools of the plan: whole"):
        take(planned([(5, 8)]), pool="east")
    assert Rotation.objects.filter(ends_on=None).count() == 1


def test_the_roster_leads_to_coverage_only_whom_that_page_lets_in(hub):
    address = "/shifts/roster/?hub=NAIROBI"
    assert "/shifts/coverage/?hub=NAIROBI" in page_of(hub.desk.lead, address, *LEAD)
    assert "/shifts/coverage/?" not in page_of(hub.desk.agent, address)
