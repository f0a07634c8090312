"""What is written without a line waits in the browser and is sent once, for its writer alone."""

import pytest
from house.entering import let_in

from meridian.work.servicedesk.facade import WorkItem
from meridian.work.servicedesk.testing import account_of, small_desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CONTROLLED = "() => navigator.serviceWorker.ready.then(() => Boolean(navigator.serviceWorker.controller))"


def ask(page, served_house: str, title: str) -> None:
    page.get_by_label("In a few words").fill(title)
    page.get_by_role("button", name="Send").first.click()


def test_a_request_written_without_a_line_is_sent_once_when_there_is_one(visitor, served_house):
    desk = small_desk()
    account = account_of(desk.requester)
    with visitor() as page:
        let_in(page, account, served_house)
        page.goto("/portal/ask/")
        page.wait_for_function(CONTROLLED)
        page.context.set_offline(True)
        ask(page, served_house, "The printer is on fire")
        page.wait_for_url("**/offline/?kept=yes")
        page.get_by_text("The printer is on fire").wait_for()
        assert not WorkItem.objects.filter(title="The printer is on fire").exists()
        page.context.set_offline(False)
        page.goto("/portal/")
        page.get_by_text("What you wrote without a line has been sent.").wait_for()
        assert WorkItem.objects.filter(title="The printer is on fire").count() == 1
        page.reload()
        page.wait_for_function(CONTROLLED)
        assert WorkItem.objects.filter(title="The printer is on fire").count() == 1
        page.goto("/offline/")
        page.get_by_text("Nothing waits.").wait_for()


def test_what_one_person_wrote_is_not_sent_as_another(visitor, served_house):
    desk = small_desk()
    with visitor() as page:
        let_in(page, account_of(desk.requester), served_house)
        page.goto("/portal/ask/")
        page.wait_for_function(CONTROLLED)
        page.context.set_offline(True)
        ask(page, served_house, "Only mine")
        page.wait_for_url("**/offline/?kept=yes")
        page.context.clear_cookies()
        page.context.set_offline(False)
        let_in(page, account_of(desk.stranger), served_house)
        page.goto("/portal/")
        page.wait_for_function(CONTROLLED)
        page.goto("/offline/")
        page.get_by_text("Nothing waits.").wait_for()
        assert not WorkItem.objects.filter(title="Only mine").exists()
