"""The search leads a number straight to its item, for whoever may see it."""

import pytest

from meridian.work.agentdesk.pages.item import address_of
from meridian.work.servicedesk.testing import (
    SmallDesk,
    agent_actor,
    further_number,
    requester_actor,
    small_desk,
    some_item,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> SmallDesk:
    return small_desk()


def test_a_number_in_any_short_form_leads_to_its_item(desk: SmallDesk) -> None:
    item = some_item(desk)
    short = item.number.removeprefix("INC").lstrip("0")
    for text in (
        item.number,
        item.number.lower(),
        short,
        f"0{short}",
        f"inc{short}",
        f"inc {short}",
        f" INC-{short} ",
    ):
        assert address_of(agent_actor(desk.agent), text) == f"/desk/{item.number}/"


def test_a_further_number_leads_to_the_present_one(desk: SmallDesk) -> None:
    item = some_item(desk)
    further_number(item, "old-7/b")
    assert address_of(agent_actor(desk.agent), "old-7/b") == f"/desk/{item.number}/"


@pytest.mark.parametrize("text", ["INC99999999", "99999999", "INC 0 1 2", "printer", "", "رقم٧"])
def test_anything_else_leads_nowhere(desk: SmallDesk, text: str) -> None:
    some_item(desk)
    assert address_of(agent_actor(desk.agent), text) is None


def test_a_number_that_is_not_yours_to_see_leads_nowhere(desk: SmallDesk) -> None:
    item = some_item(desk)
    assert address_of(requester_actor(desk.agent), item.number) is None
