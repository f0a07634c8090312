"""A right is asked before a change and after it: whoever may act in one unit reaches no other,
by whichever way, for any resource and any field that could take a row there."""

import pytest
from django.core import mail
from django.test import Client
from house.actors import Stage, stage
from house.bodies import body_of
from house.factory import make
from house.posted import posted_form
from house.sending import as_file, as_line
from procrastinate.contrib.django.models import ProcrastinateJob

from meridian.engine.api.served import served_verbs
from meridian.engine.audit.models import Entry
from meridian.engine.commands import Refusal
from meridian.engine.inputs.build import form_field
from meridian.engine.policies import Actor, policy_of
from meridian.engine.resources import UNSEEN, Resource, has_resource, resource_of, resources
from meridian.registers.access.queries import actor_of
from meridian.registers.organisation.models import Unit

pytestmark = pytest.mark.django_db
REFUSED = (403, 404, 422)


@pytest.fixture
def house() -> Stage:
    return stage()


def of_a_unit() -> list[type[Resource]]:
    """Resources whose rows lie in a unit that a field of theirs says."""
    return [
        resource
        for resource in resources()
        if (place := policy_of(resource.model).place()) and place in resource.form_fields()
    ]


def rows_of(resource: type[Resource], house: Stage):
    """A row of the resource at `here`, and the row elsewhere to which its place could point."""
    there = elsewhere(resource.field(policy_of(resource.model).place()).related_model, house)
    row = row_here(resource, house)
    row.refresh_from_db()
    return row, there


def key_of(row) -> str:
    return str(getattr(row, resource_of(type(row)).key))


def everything(resource: type[Resource]) -> tuple:
    """All that must not move."""
    rows = list(resource.model._base_manager.order_by("pk").values())
    return rows, Entry.objects.count(), len(mail.outbox), ProcrastinateJob.objects.count()


def doors(resource: type[Resource], row, there, client: Client, actor: Actor):
    """Every way to put the row, or a new one, to the other place: its name and the answer."""
    place = policy_of(resource.model).place()
    page, api = f"/{resource.module()}/{resource.address}/", f"/api/{resource.module()}/{resource.address}"
    chosen = hasattr(form_field(resource.field(place), actor), "queryset")
    typed = {place: str(there.pk) if chosen else key_of(there)}
    form = posted_form(resource, row) | typed
    line = as_line(resource, row) | {place: key_of(there)}
    sent = {place: key_of(there)}
    if resource.add:
        new = {name: text for name, text in form.items() if name != resource.key}
        yield "add", client.post(f"{page}new/", {**new, resource.key: "NEW-1"})
        yield "add what is unseen", client.post(f"{page}new/", new | {place: UNSEEN})
    if resource.change:
        yield "change", client.post(f"{page}{row.pk}/edit/", form | {"version": getattr(row, "version", "")})
        bulk = {"action": "change", "key": row.pk, "confirmed": "1"} | typed
        yield "bulk", client.post(f"{page}bulk/", bulk)
        yield "bulk, unseen", client.post(f"{page}bulk/", bulk | {place: UNSEEN})
    if resource.file_fields() and resource.add:
        yield "import", client.post(f"{page}import/", {"file": as_file([line])})
    if resource.change and place in resource.api_fields("w"):
        yield "REST", client.patch(f"{api}/{row.pk}", sent, content_type="application/json")


def test_no_way_takes_a_row_to_a_unit_without_a_right_there(house):
    client, actor = house.clients["right"], actor_of(house.accounts["right"])
    tried, moved, faults = 0, [], []
    for resource in of_a_unit():
        row, there = rows_of(resource, house)
        before = everything(resource)
        for way, answer in doors(resource, row, there, client, actor):
            tried += 1
            # A file is answered with what is wrong with it; what is unseen, sent back, stays as it is.
            shown = (way, answer.status_code) in (("import", 200), ("bulk, unseen", 302))
            if not shown and answer.status_code not in REFUSED:
                faults.append((resource.model._meta.label, way, answer.status_code))
            if everything(resource) != before:
                moved.append((resource.model._meta.label, way))
                before = everything(resource)
    assert tried > 100
    assert not moved + faults, "\n".join(map(str, moved + faults))


def test_no_reference_is_made_to_a_row_that_is_not_seen(house):
    """By the command itself, whatever a page, a file or a program was able to send."""
    actor = actor_of(house.accounts["right"])
    faults, asked = [], 0
    for resource in resources():
        if not resource.change or not policy_of(resource.model).may(actor, "change"):
            continue
        row = None
        for name in resource.form_fields():
            field = resource.field(name)
            if not field.is_relation or not has_resource(field.related_model):
                continue
            row = row or row_here(resource, house)
            other = elsewhere(field.related_model, house)
            if _sees(actor, other):
                continue
            asked += 1
            before = everything(resource)
            try:
                resource.change(actor=actor, row=row, **{name: [other] if field.many_to_many else other})
                faults.append(f"{resource.model._meta.label}.{name} was set")
            except Refusal as fault:
                if fault.status not in REFUSED:
                    faults.append(f"{resource.model._meta.label}.{name}: {fault.status}")
            if everything(resource) != before:
                faults.append(f"{resource.model._meta.label}.{name} moved")
    assert asked > 20
    assert not faults, "\n".join(map(str, faults))


def row_here(resource: type[Resource], house: Stage):
    """A row of the resource at `here`."""
    return _made(resource.model, house.here, parent=house.here)


def elsewhere(model, house: Stage):
    """A row of the model at `elsewhere`."""
    return house.elsewhere if model is Unit else _made(model, house.elsewhere)


def _made(model, unit, **given):
    return make(Unit, **given) if model is Unit else make(model, {Unit: unit})


def _sees(actor: Actor, row) -> bool:
    scope = policy_of(type(row)).scope(actor, "view")
    return type(row)._base_manager.filter(scope, pk=row.pk).exists()


def test_no_verb_names_a_row_that_is_not_seen(house):
    client, actor = house.clients["right"], actor_of(house.accounts["right"])
    faults, asked = [], 0
    for resource in resources():
        for verb in served_verbs(resource):
            for name, model in verb.references.items():
                other = elsewhere(model, house)
                if _sees(actor, other):
                    continue
                row = row_here(resource, house)
                sent = body_of(verb, {Unit: house.here}) | {name: key_of(other)}
                before = everything(resource)
                answer = client.post(
                    f"/api/{resource.module()}/{resource.address}/{row.pk}/{verb.name}",
                    sent,
                    content_type="application/json",
                )
                asked += 1
                if answer.status_code not in REFUSED or everything(resource) != before:
                    faults.append((verb.carry_out.facts.name, name, answer.status_code))
    assert asked
    assert not faults, "\n".join(map(str, faults))
