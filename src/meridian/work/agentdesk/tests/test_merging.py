"""Merging at the desk: the other item is seen before anything happens."""

import pytest
from django.urls import reverse

from meridian.work.servicedesk.facade import WorkItem
from meridian.work.servicedesk.testing import account_of, signed_in, small_desk, some_item

pytestmark = pytest.mark.django_db


def test_the_other_item_is_shown_before_the_press_and_another_number_is_shown_anew():
    desk = small_desk()
    agent = signed_in(account_of(desk.agent, "servicedesk.workitem.*"))
    item, other, third = (some_item(desk, title=title) for title in ("Ink", "No paper", "No light"))
    page = reverse("servicedesk-workitem-merge", args=(item.pk,))
    shown = agent.post(page, {"into": other.pk})
    sentence = f"It is merged into {other.number} “No paper”, asked for by {other.requester}."
    assert sentence in shown.content.decode()
    told = shown.context["form"].initial["told"]
    assert "No light" in agent.post(page, {"into": third.pk, "told": told}).content.decode()
    assert not WorkItem.objects.exclude(merged_into=None).exists()
    assert agent.post(page, {"into": other.pk, "told": told}).status_code == 302
    assert WorkItem.objects.get(pk=item.pk).merged_into == other
