"""Standard texts in the requester's language, checklists once, steps ticked by people, templates."""

import pytest
from django.test import Client
from django.utils import translation

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, standard_command
from meridian.engine.policies import Actor, Grant
from meridian.work.routines.commands import add_step, tick, untick, use_checklist
from meridian.work.routines.models import Checklist, ChecklistStep, ItemStep, StandardText, Template
from meridian.work.routines.parts import standard_texts
from meridian.work.routines.rules import filled, unknown_places
from meridian.work.servicedesk.facade import Category, WorkItem
from meridian.work.servicedesk.testing import (
    TESTS,
    SmallDesk,
    account_of,
    signed_in,
    small_desk,
    some_item,
)

pytestmark = pytest.mark.django_db
RIGHTS = ("servicedesk.workitem.*", "routines.*")


@pytest.fixture
def desk() -> SmallDesk:
    return small_desk()


def worker(person, team=None) -> Actor:
    grant = Grant(frozenset(RIGHTS), team.unit.path if team else "")
    return Actor(person.pk, person.pk, str(person), (grant,))


@pytest.fixture
def agent(desk: SmallDesk) -> Client:
    return signed_in(account_of(desk.agent, *RIGHTS))


def a_text(code: str = "hello", **particulars) -> StandardText:
    with trail.entry("testing.arrange", TESTS):
        given = {
            "name": {"en": "Hello", "fr": "Bonjour"},
            "text": {"en": "Dear {requester}, it is {number}.", "fr": "Bonjour {requester}, c’est {number}."},
        }
        return StandardText.objects.create(code=code, **given | particulars)


def a_checklist(steps: int = 2, **particulars) -> Checklist:
    with trail.entry("testing.arrange", TESTS):
        row = Checklist.objects.create(code="list", name={"en": "A line is down"}, **particulars)
        for place in range(1, steps + 1):
            ChecklistStep.objects.create(checklist=row, place=place, text={"en": f"Step {place}"})
        return row


def speaking(desk: SmallDesk, language: str) -> WorkItem:
    """An item of a requester who speaks this language."""
    with trail.entry("testing.arrange", TESTS):
        desk.requester.language = language
        desk.requester.save()
    return some_item(desk)


def test_what_is_filled_in_is_not_read_again():
    values = {"requester": "{number}", "number": "INC1"}
    assert filled("{requester} {number} {other}", values) == "{number} INC1 {other}"
    assert unknown_places("{requester} {reqester} {due} {reqester} {}") == ["reqester", ""]


def test_a_text_is_in_the_language_of_the_requester_whoever_answers(desk, agent):
    item = speaking(desk, "fr")
    a_text(team=item.team)
    for reader in ("en", "ar"):
        with translation.override(reader):
            page = agent.get(f"/desk/{item.number}/help/").content.decode()
        assert "Bonjour" in page
        assert f"c’est {item.number}." in page
    pressed = {"as": f"insert-text-standard-{StandardText.objects.get().pk}", "text": "So far"}
    filled_in = agent.post(f"/desk/{item.number}/say/", pressed).content.decode()
    assert "So far" in filled_in
    assert f"Bonjour {item.requester}, c’est {item.number}." in filled_in


def test_a_text_that_lacks_the_language_says_so(desk):
    item = speaking(desk, "ru")
    a_text(team=item.team)
    (help,) = standard_texts(worker(desk.agent), item, "") or [None]
    assert help.language == "en"
    assert "not written in the requester" in help.note


def test_every_text_is_found_by_words_and_its_button_works_then(desk, agent):
    item = some_item(desk)
    a_text("reset", name={"en": "Reset"}, text={"en": "Please reset the box."})
    assert "Please reset" not in agent.get(f"/desk/{item.number}/help/").content.decode()
    assert "Please reset" in agent.get(f"/desk/{item.number}/help/?seek=RESET box").content.decode()
    pressed = {"as": f"insert-text-standard-{StandardText.objects.get().pk}", "sought": "reset"}
    assert "Please reset" in agent.post(f"/desk/{item.number}/say/", pressed).content.decode()


def test_a_place_that_nothing_fills_in_is_refused(desk):
    with pytest.raises(Refusal, match=r"\{reqester\}") as refused:
        standard_command(StandardText, "add")(
            actor=worker(desk.lead), code="x", name={"en": "x"}, text={"en": "Dear {reqester}"}
        )
    assert refused.value.field == "text"


def test_a_checklist_is_begun_once_and_its_steps_are_ticked_and_taken_back(desk, agent):
    item = some_item(desk)
    checklist = a_checklist()
    part = agent.get(f"/desk/{item.number}/parts/").content.decode()
    assert "A line is down" in part
    where = f"/routines/items/{item.number}/"
    agent.post(where, {"as": "use", "list": checklist.pk})
    agent.post(where, {"as": "use", "list": checklist.pk})
    agent.post(where, {"as": "add", "step": "Call back"})
    steps = list(ItemStep.objects.filter(item=item).order_by("place"))
    assert [str(step) for step in steps] == ["Step 1", "Step 2", "Call back"]
    agent.post(where, {"as": f"tick-{steps[0].pk}"})
    assert ItemStep.objects.get(pk=steps[0].pk).done_by_id == desk.agent.pk
    assert "1 of 3 done" in agent.get(f"/desk/{item.number}/parts/").content.decode()
    agent.post(where, {"as": f"untick-{steps[0].pk}"})
    assert ItemStep.objects.get(pk=steps[0].pk).done_at is None
    for wrong in ("tick-", "tick-0", "tick-²", "tick-99999999", "dance"):
        assert agent.post(where, {"as": wrong}).status_code == 404


def test_who_does_not_work_on_the_item_neither_sees_nor_moves_its_steps(desk):
    item, checklist = some_item(desk), a_checklist()
    step = add_step(actor=worker(desk.agent), item=item, text={"en": "One"})
    other = worker(desk.resolver, desk.second)
    for refused in (
        lambda: use_checklist(actor=other, checklist=checklist, item=item),
        lambda: add_step(actor=other, item=item, text={"en": "Two"}),
        lambda: tick(actor=other, step=step),
        lambda: untick(actor=other, step=step),
    ):
        with pytest.raises(Refusal):
            refused()
    requester = signed_in(account_of(desk.requester))
    assert requester.get(f"/routines/item-steps/{step.pk}/").status_code in (403, 404)
    assert "One" not in requester.get(f"/portal/{item.number}/").content.decode()
    assert ItemStep.objects.filter(item=item).count() == 1


def test_an_empty_step_and_an_empty_list_are_refused_in_words(desk):
    item, actor = some_item(desk), worker(desk.agent)
    with pytest.raises(Refusal):
        add_step(actor=actor, item=item, text={"en": " "})
    with pytest.raises(Refusal, match="no steps yet"):
        use_checklist(actor=actor, checklist=a_checklist(0), item=item)
    assert not ItemStep.objects.exists()


def test_a_template_fills_the_form_of_a_new_item_in(desk, agent):
    with trail.entry("testing.arrange", TESTS):
        category = Category.objects.create(code="lines", name={"en": "Lines"})
        Template.objects.create(
            code="down",
            name={"en": "Site without a line"},
            title={"en": "No line & no power"},
            text={"en": "Since:\nBy:"},
            category=category,
            team=desk.desk,
            impact=1,
            urgency=2,
            kind="incident",
        )
    page = agent.get("/routines/choose/").content.decode()
    address = page.split('href="/desk/new/?', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    form = agent.get(f"/desk/new/?{address}")
    said = form.content.decode()
    assert form.status_code == 200
    for words in ("No line &amp; no power", "Since:\nBy:", "Lines", desk.desk.name):
        assert words in said
    posted = {name: form.context["form"][name].value() for name in form.context["form"].fields}
    posted |= {"requester": desk.requester.pk}
    assert agent.post("/desk/new/", {k: v for k, v in posted.items() if v is not None}).status_code == 302
    item = WorkItem.objects.get(title="No line & no power")
    assert (item.category, item.team, item.impact, item.urgency) == (category, desk.desk, 1, 2)
