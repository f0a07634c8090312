"""Every verb is drawn for whoever may do it now: button, form, palette, bulk, REST; nobody else meets it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from house.actors import Stage, stage
from house.bodies import body_of
from house.factory import make
from house.rows import row_for
from house.shares import every_of
from house.undrawn import NOT_DRAWN

from meridian.engine.api.served import served_verbs
from meridian.engine.commands import commands
from meridian.engine.pages.verb_page import open_to
from meridian.engine.resources import Resource, Verb, resources
from meridian.engine.values import resource_name
from meridian.registers.access.queries import actor_of
from meridian.registers.organisation.models import Unit
from meridian.work.servicedesk.models import WorkItem

pytestmark = pytest.mark.django_db
VERBS = [(resource, verb) for resource in resources() for verb in resource.verbs]
EVERY = every_of(
    "resource,verb", VERBS, lambda pair: pair[0].module(), lambda pair: pair[1].command.facts.name
)


# Offered only where other rows stand beside the one acted on; their own tests make those.
NEED_OTHER_ROWS = {
    "budgets.budgetversion.adopt",
    "budgets.budgetversion.recost",
    "calendars.calendar.observe",
    "changes.change.ask_authorisation",
    "changes.change.clear",
    "changes.change.unlink",
    "changes.change.unmerge",
    "changes.change.untouch",
    "changes.change.unwatch",
    "channels.outboundmail.send_again",
    "problems.problem.detach",
    "problems.problem.unlink",
    "problems.problem.unmerge",
    "problems.problem.unwatch",
    "routines.itemstep.untick",
    "service_levels.clock.explain",
    "service_levels.clock.reinstate",
    "servicedesk.workitem.unlink",
    "servicedesk.workitem.unmerge",
    "servicedesk.workitem.unwatch",
    "surveys.invitation.answer",
}


@pytest.fixture
def house() -> Stage:
    return stage()


def addresses(resource: type[Resource], verb: Verb, row: Any) -> tuple[str, str, str]:
    """The page of the row, the page of the verb, and its address for programs."""
    name = resource_name(resource)
    rest = f"/api/{resource.module()}/{resource.address}/{row.pk}/{verb.name}"
    return reverse(f"{name}-detail", args=(row.pk,)), reverse(f"{name}-{verb.name}", args=(row.pk,)), rest


def palette(client: Client, page: str) -> str:
    answer = client.get("/palette/", headers={"HX-Current-URL": f"http://testserver{page}"})
    return answer.content.decode()


@EVERY
def test_whoever_may_do_it_now_meets_it_everywhere(resource, verb, house):
    row = row_for(resource, verb, house)
    client = house.clients["lord"]
    page, way, rest = addresses(resource, verb, row)
    is_open = verb.name in open_to(resource, actor_of(house.accounts["lord"]), row)
    assert (f'"{way}"' in client.get(page).content.decode()) == is_open
    assert (f'"{way}"' in palette(client, page)) == is_open
    form = client.get(way)
    assert form.status_code == (200 if is_open else 409), form.content
    if is_open:
        asked = {argument.name for argument in verb.arguments}
        assert verb.name in resource.pages or not asked or asked <= set(form.context["form"].fields)
    stale = client.post(rest, "{}", content_type="application/json", headers={"if-match": '"99"'})
    assert stale.status_code in (409, 422), stale.content


@EVERY
def test_whoever_may_not_meets_it_nowhere(resource, verb, house):
    row = row_for(resource, verb, house)
    page, way, rest = addresses(resource, verb, row)
    for name in ("stranger", "auditor", "elsewhere"):
        client = house.clients[name]
        if verb.name in open_to(resource, actor_of(house.accounts[name]), row):
            continue
        assert way not in client.get(page).content.decode(), name
        assert way not in palette(client, page), name
        served = next(found for found in served_verbs(resource) if found.name == verb.name)
        sent = body_of(served, {Unit: house.here})
        answers = [client.get(way), client.post(way, {})]
        read = {"if-match": f'"{getattr(row, "version", 1)}"'}
        answers.append(client.post(rest, sent, "application/json", headers=read))
        assert {answer.status_code for answer in answers} <= {403, 404}, name


@EVERY
def test_its_bulk_button_stands_below_the_list_of_whoever_may(resource, verb, house):
    row_for(resource, verb, house)
    listed = reverse(f"{resource_name(resource)}-list")
    button = f'name="action" value="{verb.name}"'
    assert (button in house.clients["lord"].get(listed).content.decode()) == verb.bulk
    assert button not in house.clients["auditor"].get(listed).content.decode()


def test_every_verb_is_tried_where_it_is_open_but_those_that_need_other_rows(house):
    lord = actor_of(house.accounts["lord"])
    closed = {
        verb.command.facts.name
        for resource, verb in VERBS
        if verb.name not in open_to(resource, lord, row_for(resource, verb, house))
    }
    assert closed == NEED_OTHER_ROWS


def test_the_palette_knows_the_item_on_the_page_of_the_desk(house):
    item = make(WorkItem, {Unit: house.here})
    found = palette(house.clients["lord"], reverse("desk-item", args=(item.number,)))
    assert f'"{reverse("servicedesk-workitem-assign", args=(item.pk,))}"' in found
    assert "/assign/" not in palette(house.clients["auditor"], reverse("desk-item", args=(item.number,)))
    assert "/assign/" not in palette(house.clients["lord"], reverse("desk-queue"))


def test_every_command_is_drawn_or_says_why_not():
    """It is what a resource adds, changes, removes or does by a verb; any other is in `house.undrawn`."""
    drawn = {verb.command.facts.name for _resource, verb in VERBS} | {
        getattr(resource, name).facts.name
        for resource in resources()
        for name in ("add", "change", "remove")
        if getattr(resource, name)
    }
    undrawn = {name for name in commands() if not name.startswith("tests.")} - drawn
    assert undrawn - set(NOT_DRAWN) == set(), "Draw it, or say why not in tests/house/undrawn.py."
    assert set(NOT_DRAWN) - undrawn == set(), "These are drawn, or gone: take their lines away."
