"""A major incident from declaration to review, and a change that is approved from a mail."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from house.entering import let_in
from house.factory import make
from playwright.sync_api import expect
from procrastinate.contrib.django.models import ProcrastinateJob

from meridian.engine.audit import trail
from meridian.engine.events import REACT
from meridian.engine.events.jobs import react as run_reaction
from meridian.engine.notices.jobs import mail as mail_notice
from meridian.engine.policies import Actor, Grant
from meridian.holdings.configuration.facade import entry_of
from meridian.holdings.inventory.models import Server
from meridian.registers.access.models import Account
from meridian.work.changes.commands import authorising, planning
from meridian.work.changes.models import Board, BoardMember, Change
from meridian.work.majors.models import MajorIncident
from meridian.work.servicedesk.models import WorkItem
from meridian.work.servicedesk.testing import TESTS, account_of, small_desk, some_item

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture
def desk(seeded):
    return small_desk()


def press(page, name: str, **fields: str) -> None:
    """Press a verb of the page, fill what it asks for, and carry it out."""
    page.get_by_role("link", name=name, exact=True).or_(
        page.get_by_role("button", name=name, exact=True)
    ).first.click()
    for field, text in fields.items():
        page.locator(f"main [name={field}]").fill(text)
    if fields:
        page.locator("main form button.first").first.click()


def test_a_major_incident_from_declaration_to_review(visitor, served_house, desk):
    lead, requester = account_of(desk.lead, "*"), account_of(desk.requester)
    incident = some_item(desk, title="Nobody gets mail")
    some_item(desk, title="No mail at the depot")
    with visitor(**PHONE) as phone, visitor() as page:
        let_in(page, lead, served_house)
        let_in(phone, requester, served_house)
        page.goto(f"/majors/major-incidents/new/?incident={incident.pk}")
        page.get_by_role("group", name="What is down").get_by_label("English").fill("Mail is down")
        for role in ("manager", "communications", "technical_lead"):
            page.locator(f"main [name={role}]").select_option(str(desk.lead.pk))
        page.locator("main form button.first").first.click()
        expect(page.get_by_role("heading", name="Mail is down")).to_be_visible()
        page.locator("tr", has_text="No mail at the depot").get_by_role("checkbox").check()
        page.get_by_role("button", name="Hold together with it").click()
        expect(page.get_by_text("1 incident hangs on it now.")).to_be_visible()
        press(page, "Give an update", text="The relay is full")
        expect(page.locator("#war").get_by_text("The relay is full")).to_be_visible()
        phone.goto("/")
        expect(phone.get_by_text("Mail is down").first).to_be_visible()
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        press(page, "Resolve together", solution="The relay was emptied")
        press(page, "Stand down", text="Stable")
        press(page, "Review", findings="Watch the disk")
        expect(page.get_by_role("heading", name="Review")).to_be_visible()
        phone.goto("/portal/")
        assert phone.get_by_text("No mail at the depot").first.is_visible()
    row = MajorIncident.objects.get()
    assert (row.state, row.problem is not None) == ("reviewed", True)
    assert set(WorkItem.objects.values_list("state", flat=True)) == {"resolved"}


def test_a_change_is_approved_from_a_mail_on_a_phone(visitor, served_house, desk):
    approver = account_of(desk.agent)
    with trail.entry("tests.arrange", TESTS):
        Account.objects.filter(pk=approver.pk).update(email=desk.agent.email)
    change = waiting_change(desk)
    letters()
    (letter,) = [letter for letter in mail.outbox if letter.to == [desk.agent.email]]
    path = letter.body[letter.body.index("/mailed/") :].split()[0]
    with visitor(java_script_enabled=False, **PHONE) as phone:
        phone.goto(path)
        expect(phone.get_by_text("Take the old disk out").first).to_be_visible()
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        phone.get_by_role("button", name="Approve").click()
        expect(phone.get_by_text("Your decision is noted")).to_be_visible()
    carry_on()
    change.refresh_from_db()
    assert change.state == "scheduled"


def waiting_change(desk) -> Change:
    """A change that waits for one vote of its board."""
    with trail.entry("tests.arrange", TESTS):
        board = Board.objects.create(code="CAB", name={"en": "Board"}, quorum=1)
        BoardMember.objects.create(board=board, person=desk.agent)
    actor = Actor(None, desk.lead.pk, str(desk.lead), (Grant(frozenset({"*"})),))
    start = timezone.now() + timedelta(days=1)
    change = planning.add_change(
        actor=actor,
        title="Replace the disk",
        team=desk.desk,
        plan="Take the old disk out",
        backout_plan="Put it back",
        planned_from=start,
        planned_until=start + timedelta(hours=2),
    )
    planning.touch(actor=actor, item=change, thing=entry_of(make(Server)))
    authorising.submit(actor=actor, item=change)
    gravest = {
        "experience": authorising.Experience.NEVER,
        "testing": authorising.Testing.NOT,
        "backout": authorising.Backout.NEVER,
        "people": authorising.People.EVERYBODY,
    }
    authorising.assess(actor=actor, item=change, **gravest)
    return authorising.ask_authorisation(actor=actor, item=change)


def carry_on() -> None:
    """Let the worker do what approvals and changes wait for; it bears repetition."""
    waiting = ProcrastinateJob.objects.filter(
        task_name=REACT, args__reaction__regex=r"^(approvals|changes)\."
    )
    for arguments in waiting.order_by("pk").values_list("args", flat=True):
        run_reaction(**arguments)


def letters() -> None:
    """Carry out what waits until the letters are written."""
    carry_on()
    for arguments in ProcrastinateJob.objects.filter(task_name="notices.mail").values_list("args", flat=True):
        mail_notice(**arguments)
