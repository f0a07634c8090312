"""From the shop to what was ordered."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from house.actors import signed_in
from house.factory import make
from house.jobs import react

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, Untimely
from meridian.engine.policies import system_actor
from meridian.engine.records import reference
from meridian.work.approvals.facade import changed, decide_all
from meridian.work.approvals.testing import approval_state, asked_people
from meridian.work.catalogue import commands
from meridian.work.catalogue.demo import order_demo
from meridian.work.catalogue.models import Item, Order, OrderLine, Task, UsageFact, Version
from meridian.work.catalogue.testing import TESTS, offer, six
from meridian.work.servicedesk import facade as desk
from meridian.work.servicedesk.testing import account_of, requester_actor, small_desk

pytestmark = pytest.mark.django_db
CostCentre = reference("cost_centres.CostCentre")
Account = get_user_model()
QUESTIONS = [
    {"key": "kind", "type": "yes", "label": six("Strong?"), "is_needed": True},
    {
        "key": "why",
        "type": "text",
        "label": six("Why"),
        "is_needed": True,
        "when": {"field": "kind", "in": ["yes"]},
    },
]
PLAN = [
    {"key": "prepare", "name": six("Prepare"), "hours": 8},
    {"key": "give", "name": six("Give"), "hours": 4, "after": ["prepare"]},
]
BOSS = [{"name": six("Chief"), "approvers": ["owner"], "mode": "any"}]


@pytest.fixture
def desk_there():
    return small_desk()


@pytest.fixture
def centre(desk_there):
    return make(CostCentre, owner=desk_there.lead, code="CC-1")


@pytest.fixture
def item():
    return make(Item, code="LAPTOP")


def ordered(there, version, centre=None, **given):
    actor = requester_actor(there.requester)
    order = commands.put_in_basket(actor=actor, item_version=version, **{"answers": {}, **given})
    return commands.place_order(actor=actor, row=order, cost_centre=centre)


def test_without_approval_it_becomes_a_request_with_tasks_and_ends_with_a_fact(desk_there, centre, item):
    version = offer(item, plan=PLAN, is_chargeable=True, price="1450", price_unit=six("one"))
    order = ordered(desk_there, version, centre, quantity=2, beneficiary=desk_there.stranger)
    line = order.lines.get()
    assert order.number.startswith("ORD")
    assert line.request.requester == desk_there.stranger
    first, second = Task.objects.order_by("pk")
    assert (first.state, second.state, first.team) == ("waiting", "coming", line.request.team)
    assert first.due_at > timezone.now()
    with pytest.raises(Untimely):
        commands.finish_task(actor=TESTS, row=second)
    commands.finish_task(actor=TESTS, row=first)
    second.refresh_from_db()
    assert second.state == "waiting"
    commands.finish_task(actor=TESTS, row=second, note="On your desk")
    line.request.refresh_from_db()
    order.refresh_from_db()
    assert (line.request.state, order.state) == ("resolved", "fulfilled")
    fact = UsageFact.objects.get()
    assert (fact.quantity, fact.price, fact.cost_centre, fact.period.day) == (2, 1450, centre, 1)
    react()
    assert UsageFact.objects.count() == 1


def test_what_is_chargeable_says_who_pays(desk_there, item):
    version = offer(item, is_chargeable=True, price="5")
    with pytest.raises(Refusal, match="pays"):
        ordered(desk_there, version)


@pytest.mark.parametrize(("decision", "state"), [("approved", "fulfilment"), ("rejected", "rejected")])
def test_it_is_approved_first_and_goes_on_as_decided(desk_there, centre, item, decision, state):
    order = ordered(desk_there, offer(item, approvals=BOSS), centre)
    assert (order.state, Task.objects.count()) == ("approval", 0)
    assert asked_people() == [desk_there.lead]
    decide_all(order, decision, "So it is")
    react()
    order.refresh_from_db()
    assert order.state == state
    assert order.lines.get().state == state


def test_an_edited_order_voids_its_approval(desk_there, centre, item):
    order = ordered(desk_there, offer(item, approvals=BOSS), centre)
    with trail.entry("tests.make", TESTS):
        order.lines.update(quantity=9)
    changed(order)
    react()
    order.refresh_from_db()
    assert (approval_state(), order.state) == ("void", "cancelled")


def test_the_desk_may_end_the_request_and_its_tasks_end_with_it(desk_there, item):
    order = ordered(desk_there, offer(item, plan=PLAN))
    request = order.lines.get().request
    desk.cancel(actor=system_actor("desk"), item=request, reason="No longer needed")
    react()
    order.refresh_from_db()
    assert order.state == "cancelled"
    assert set(Task.objects.values_list("state", flat=True)) == {"cancelled"}
    assert not UsageFact.objects.exists()


def test_questions_follow_step_by_step_without_scripts(desk_there, item):
    version = offer(item, questions=QUESTIONS)
    client = signed_in(account_of(desk_there.requester))
    url = reverse("catalogue-order-form", args=("LAPTOP",))
    page = client.get(url).content.decode()
    assert "q.kind" in page
    assert "q.why" not in page
    sent = {"version": version.pk, "seen": "kind", "q.kind": "yes", "press": "basket", "quantity": "1"}
    page = client.post(url, sent)
    assert page.status_code == 200
    assert "q.why" in page.content.decode()
    assert client.post(url, sent | {"seen": "kind why"}).status_code == 422
    answer = client.post(url, sent | {"seen": "kind why", "q.why": "Maps"})
    assert answer.status_code == 302
    assert OrderLine.objects.get().answers == {"kind": ["yes"], "why": ["Maps"]}


def test_a_version_replaced_while_filling_in_keeps_what_was_typed_and_says_so(desk_there, item):
    version = offer(item, questions=QUESTIONS)
    client = signed_in(account_of(desk_there.requester))
    url = reverse("catalogue-order-form", args=("LAPTOP",))
    sent = {"version": version.pk, "seen": "kind why", "q.kind": "yes", "q.why": "Kartographie"}
    offer(item, questions=[QUESTIONS[0]])
    page = client.post(url, sent | {"press": "basket", "quantity": "1"})
    assert page.status_code == 409
    assert "Kartographie" in page.content.decode()
    assert not OrderLine.objects.exists()
    commands.withdraw_version(actor=TESTS, row=Version.objects.get(state="published"))
    page = client.post(url, sent | {"press": "basket", "quantity": "1"})
    assert page.status_code == 409
    assert "Kartographie" in page.content.decode()


def test_a_file_is_tried_first_and_taken_whole_or_not(desk_there, item):
    offer(item, questions=QUESTIONS)
    client = signed_in(account_of(desk_there.requester))
    url = reverse("catalogue-from-file")

    def send(text, press):
        return client.post(url, {"file": SimpleUploadedFile("o.csv", text.encode()), "press": press})

    good = f"item,for,quantity,kind\nLAPTOP,,2,no\nLAPTOP,{desk_there.stranger.email},1,no\n"
    assert send(good, "try").status_code == 200
    assert not OrderLine.objects.exists()
    page = send(good + "LAPTOP,nobody@example.org,1,no\n", "take")
    assert page.status_code == 422
    assert "4" in page.content.decode()
    assert not OrderLine.objects.exists()
    assert send(good, "take").status_code == 302
    assert OrderLine.objects.count() == 2


def test_missing_languages_need_a_note_and_published_versions_stay(item):
    draft = commands.draft_version(actor=TESTS, item=item, name={"en": "Only"}, summary={"en": "English"})
    with pytest.raises(Refusal, match="not written"):
        commands.publish_version(actor=TESTS, row=draft)
    draft = commands.change_draft(actor=TESTS, row=draft, language_note="A trial in one office")
    published = commands.publish_version(actor=TESTS, row=draft)
    with pytest.raises(Untimely):
        commands.change_draft(actor=TESTS, row=published, price="9")


def test_an_item_for_some_units_is_offered_to_nobody_else(desk_there, item):
    version = offer(item, audience=["ELSEWHERE"])
    client = signed_in(account_of(desk_there.requester))
    assert "LAPTOP" not in client.get(reverse("catalogue-shop")).content.decode()
    assert client.get(reverse("catalogue-order-form", args=("LAPTOP",))).status_code == 404
    with pytest.raises(Refusal, match="not offered"):
        ordered(desk_there, version)


def test_the_owner_designs_a_question_and_sees_it_in_arabic(desk_there, item):
    offer(item, questions=QUESTIONS)
    owner = account_of(item.owner)
    client = signed_in(owner)
    url = reverse("catalogue-design-item", args=("LAPTOP",))
    assert client.post(url, {"press": "draft"}).status_code == 302
    question = {"press": "question", "key": "colour", "type": "choice", "repeats": "1", "label_en": "Colour"}
    options = "red | Red\nblue | Blue"
    assert client.post(url, question | {"options": options, "when": ["kind=no"]}).status_code == 302
    draft = Version.objects.get(state="draft")
    made = draft.questions[-1]
    assert made["when"] == {"all": [{"field": "kind", "in": ["no"]}]}
    assert [option["key"] for option in made["options"]] == ["red", "blue"]
    page = client.get(url)
    assert page.status_code == 200
    preview = client.get(reverse("catalogue-preview", args=("LAPTOP",)), {"language": "ar"}).content.decode()
    assert 'dir="rtl"' in preview
    assert "Why ar" in preview
    assert client.post(url, {"press": "publish"}).status_code == 422
    assert signed_in(account_of(desk_there.requester)).get(url).status_code in (403, 404)


def test_pages_of_orders_and_tasks_open_for_whom_they_are(desk_there, item):
    order = ordered(desk_there, offer(item, plan=PLAN))
    mine, theirs = (signed_in(account_of(person)) for person in (desk_there.requester, desk_there.stranger))
    url = reverse("catalogue-order", args=(order.number,))
    assert mine.get(url).status_code == 200
    assert mine.get(reverse("catalogue-orders")).status_code == 200
    assert theirs.get(url).status_code == 404
    agent = signed_in(account_of(desk_there.agent))
    page = agent.get(reverse("catalogue-tasks")).content.decode()
    assert "Prepare" in page
    task = Task.objects.get(state="waiting")
    assert agent.post(reverse("catalogue-tasks"), {"task": task.pk, "press": "drop"}).status_code == 422
    assert agent.post(reverse("catalogue-tasks"), {"task": task.pk, "press": "finish"}).status_code == 302
    task.refresh_from_db()
    assert task.state == "done"


def test_the_demo_offers_items_in_six_languages_and_orders_in_every_state(desk_there):
    unit = desk_there.desk.unit
    with trail.entry("tests.make", TESTS):
        unit.provides_ict = True
        unit.save()
        affiliation = reference("people.Affiliation")
        for person in (desk_there.requester, desk_there.stranger, desk_there.lead, desk_there.agent):
            affiliation.objects.create(person=person, unit=unit, category="local", starts_on="2020-01-01")
        CostCentre.objects.create(code="C1", name={"en": "C"}, unit=unit, owner=desk_there.lead)
    order_demo(TESTS)
    assert Version.objects.filter(state="published").count() == 21
    assert all(len(row.name) == 6 for row in Version.objects.all())
    states = set(Order.objects.values_list("state", flat=True))
    assert states >= {"basket", "approval", "fulfilment", "fulfilled", "rejected"}
    assert json.dumps(list(Version.objects.values_list("questions", flat=True)))


def test_who_approves_sees_the_order_and_follows_its_request_no_further(desk_there, centre, item):
    order = ordered(desk_there, offer(item, approvals=BOSS), centre)
    url, boss = reverse("catalogue-order", args=(order.number,)), signed_in(account_of(desk_there.lead))
    assert "Laptop" in boss.get(url).content.decode()
    assert signed_in(account_of(desk_there.stranger)).get(url).status_code == 404
    decide_all(order, "approved", "So it is")
    react()
    follow = reverse("portal-follow", args=(order.lines.get().request.number,))
    assert boss.get(follow).status_code == 404
    assert f'href="{follow}"' not in boss.get(url).content.decode()
    mine = signed_in(account_of(desk_there.requester))
    assert f'href="{follow}"' in mine.get(url).content.decode()


def test_only_who_may_is_shown_the_way_to_add_an_item_or_to_edit_a_version(desk_there, item):
    version = offer(item)
    add, edit = reverse("catalogue-item-add"), reverse("catalogue-version-edit", args=(version.pk,))
    design, page = reverse("catalogue-design"), reverse("catalogue-item-detail", args=(item.pk,))
    reader, owner = (signed_in(account_of(person)) for person in (desk_there.requester, item.owner))
    keeper = signed_in(account_of(desk_there.lead, "catalogue"))
    for client, adds, edits in ((reader, False, False), (owner, False, True), (keeper, True, True)):
        assert (add in client.get(design).content.decode()) is adds
        assert (client.get(add).status_code == 200) is adds
        assert (edit in client.get(page).content.decode()) is edits
        assert (client.get(edit).status_code == 200) is edits


CHOICE = {"key": "a", "type": "choice", "label": six("A"), "options": [{"key": "x", "label": six("X")}]}
AMISS = {
    "questions": [
        [{**CHOICE, "label": {"en": 5}}],
        [{**CHOICE, "help": ["x"]}],
        [{**CHOICE, "options": ["x"]}],
        [{**CHOICE, "options": None}],
        [{**CHOICE, "options": [{"key": "x", "label": {"en": 1}}]}],
        [CHOICE, {"key": "b", "type": "text", "label": six("B"), "when": {"field": "a", "in": [["x"]]}}],
        [{"key": "a", "type": "text", "label": six("A"), "repeats": True}],
    ],
    "plan": [
        [{"key": "a", "name": {"en": 5}}],
        [{"key": "a", "name": six("A"), "after": 5}],
        [{"key": "a", "name": six("A"), "after": [["a"]]}],
        [{"key": "a", "name": six("A"), "team": ["x"]}],
        [{"key": "a", "name": six("A"), "hours": True}],
    ],
    "approvals": [
        [{"name": {"en": 5}, "approvers": ["chief"]}],
        [{"name": six("A"), "approvers": "chief"}],
        [{"name": six("A"), "approvers": [5]}],
        [{"name": six("A"), "approvers": ["chief"] * 51}],
        [{"name": six("A"), "approvers": ["chief"], "mode": "some", "needed": "two"}],
        [{"name": six("A"), "approvers": ["chief"], "mode": "some", "needed": 10**9}],
        [{"name": six("A"), "approvers": ["chief"], "hours": "soon"}],
        [{"name": six("A"), "approvers": ["chief"], "hours": 10**12}],
    ],
}


def test_a_design_in_which_something_is_of_another_kind_is_refused_at_once_and_not_when_it_is_ordered(item):
    draft = commands.draft_version(actor=TESTS, item=item, name=six("Laptop"), summary=six("To work"))
    for name, several in AMISS.items():
        for value in several:
            with pytest.raises(Refusal) as told:
                commands.change_draft(actor=TESTS, row=draft, **{name: value})
            assert told.value.field == name, value


def test_a_basket_is_held_while_something_is_put_into_it(desk_there, item):
    """What was put into a basket that is being ordered would else belong to an order that never ends."""
    actor, version = requester_actor(desk_there.requester), offer(item)
    with CaptureQueriesContext(connection) as said:
        commands.put_in_basket(actor=actor, item_version=version, answers={})
    assert any(
        "catalogue_order" in one["sql"] and "FOR UPDATE" in one["sql"] for one in said.captured_queries
    )


def test_nobody_approves_what_somebody_else_ordered_for_them(desk_there, centre, item):
    """A chief would else get a laptop by an assistant who orders it for them."""
    two = [
        {
            "name": six("One"),
            "approvers": [f"person:{one.number}" for one in (desk_there.lead, desk_there.agent)],
            "mode": "any",
        }
    ]
    ordered(desk_there, offer(item, approvals=two), centre, beneficiary=desk_there.lead)
    assert asked_people() == [desk_there.agent]
    with pytest.raises(Refusal, match="finds 0"):
        ordered(
            desk_there, offer(make(Item, code="PHONE"), approvals=BOSS), centre, beneficiary=desk_there.lead
        )


def test_who_gets_something_learns_what_was_decided_and_not_why(desk_there, centre, item):
    order = ordered(desk_there, offer(item, approvals=BOSS), centre, beneficiary=desk_there.stranger)
    decide_all(order, "rejected", "They have had two this year.")
    react()
    url = reverse("catalogue-order", args=(order.number,))
    said = {
        person: signed_in(account_of(person)).get(url).content.decode()
        for person in (desk_there.requester, desk_there.stranger, desk_there.lead)
    }
    assert ["two this year" in text for text in said.values()] == [True, False, True]


DIGITS = "9" * 5_000


def test_digits_without_end_are_the_key_of_nothing(desk_there, item):
    offer(item)
    asking, doing = (signed_in(account_of(one)) for one in (desk_there.requester, desk_there.agent))
    assert asking.post("/shop/LAPTOP/", {"version": DIGITS, "press": "next"}).status_code == 200
    assert asking.post("/shop/LAPTOP/", {"quantity": DIGITS, "seen": ""}).status_code in (200, 422)
    assert asking.post("/basket/", {"take_out": DIGITS}).status_code == 200
    assert doing.post("/fulfilment/", {"task": DIGITS}).status_code in (403, 422)
