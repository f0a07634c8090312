"""Asking in Arabic on a phone: what is known solves it, or the desk does and one press says how it went."""

import pytest
from house.entering import let_in
from playwright.sync_api import expect

from meridian.engine.audit import trail
from meridian.engine.mailed_links.issuing import Holder, Offered, issue_link
from meridian.engine.search.index import rebuild
from meridian.work.knowledge.models import Use
from meridian.work.knowledge.resources import ArticleResource
from meridian.work.knowledge.testing import published
from meridian.work.servicedesk import facade as servicedesk
from meridian.work.servicedesk.models import WorkItem
from meridian.work.servicedesk.testing import (
    TESTS,
    account_of,
    agent_actor,
    requester_actor,
    small_desk,
    some_item,
)
from meridian.work.surveys.commands import invite
from meridian.work.surveys.models import Answer, Question, QuestionSet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "locale": "ar"}
PRINTER = {
    "en": ("The printer prints nothing", "Press the blue button."),
    "ar": ("الطابعة لا تطبع شيئا", "اضغط الزر الأزرق وانتظر دقيقة."),
}


@pytest.fixture
def desk(seeded):
    desk = small_desk()
    published(desk.agent, desk.lead, PRINTER)
    rebuild(ArticleResource)
    return desk


def in_arabic(account):
    with trail.entry("testing.arrange", TESTS):
        type(account).objects.filter(pk=account.pk).update(language="ar")
    account.refresh_from_db()
    return account


def test_asking_in_arabic_on_a_phone_a_suggestion_solves_it(visitor, served_house, desk):
    account = in_arabic(account_of(desk.requester))
    with visitor(**PHONE) as phone:
        let_in(phone, account, served_house)
        phone.goto("/portal/ask/")
        assert phone.evaluate("document.documentElement.dir") == "rtl"
        phone.locator("main input[name=title]").press_sequentially("طابعتي لا تطبع", delay=20)
        suggestion = phone.locator(".helps li").first
        expect(suggestion).to_contain_text(PRINTER["ar"][0])
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        with phone.context.expect_page() as opened:
            suggestion.locator("a").click()
        beside = opened.value
        expect(beside.locator("article[lang=ar]")).to_contain_text("اضغط الزر الأزرق")
        assert beside.evaluate("document.documentElement.scrollWidth <= innerWidth")
        beside.locator("section.helped button").click()
        expect(beside.locator("section.helped")).to_be_visible()
        beside.close()
        # What was typed is still there for whoever goes on.
        expect(phone.locator("main input[name=title]")).to_have_value("طابعتي لا تطبع")
    assert set(Use.objects.values_list("way", flat=True)) == {"asked", "shown", "read", "solved"}
    assert not WorkItem.objects.exists()


def test_without_scripts_the_suggestion_is_a_step_that_can_be_passed(visitor, served_house, desk):
    account = in_arabic(account_of(desk.requester))
    with visitor(java_script_enabled=False, **PHONE) as phone:
        let_in(phone, account, served_house)
        phone.goto("/portal/ask/")
        phone.locator("main input[name=title]").fill("الطابعة لا تطبع")
        phone.locator(".asking .form-end button").click()
        expect(phone.locator(".helps")).to_contain_text(PRINTER["ar"][0])
        phone.locator(".asking .form-end button").click()
        expect(phone.get_by_role("heading", name="الطابعة لا تطبع")).to_be_visible()
    assert WorkItem.objects.get().title == "الطابعة لا تطبع"


def test_one_press_in_arabic_without_signing_in_says_how_it_went(visitor, served_house, desk):
    with trail.entry("testing.arrange", TESTS):
        survey = QuestionSet.objects.create(
            code="AFTER", title={"en": "How?", "ar": "كيف كان أداؤنا؟"}, occasion="item"
        )
        text = {"en": "How well?", "ar": "ما مدى جودة مساعدة المكتب لك؟"}
        Question.objects.create(question_set=survey, code="overall", text=text)
    item = some_item(desk)
    servicedesk.resolve(actor=agent_actor(desk.agent), item=item, solution="Restarted")
    servicedesk.confirm(actor=requester_actor(desk.requester), item=item)
    row = invite(actor=TESTS, item=WorkItem.objects.get(pk=item.pk))
    url = issue_link(Offered.of("surveys.rate", row), Holder(None, desk.requester.pk, "Amina", "ar"))
    with visitor(java_script_enabled=False, **PHONE) as phone:
        phone.goto(url[url.index("/", 9) :])
        expect(phone.get_by_text("ما مدى جودة مساعدة المكتب لك؟")).to_be_visible()
        assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
        phone.locator("button[name=press][value='5']").click()
        expect(phone.locator("button[name=press]")).to_have_count(0)
    assert Answer.objects.get().scores == {"overall": 5}
