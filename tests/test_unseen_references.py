"""A leak by a neighbour: who sees a row but not what it refers to learns that there is one, no more.

Generated from the registry: every reference of every resource, on every surface that shows or sends it.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, models, transaction
from django.test import Client
from house.actors import signed_in
from house.factory import MAKER, make
from house.shares import every

from meridian.engine.attachments.models import Attachment
from meridian.engine.audit import trail
from meridian.engine.exchange.files import TYPES, read_file, write_rows
from meridian.engine.exchange.readable import readable_rows
from meridian.engine.exchange.transfer import export_rows, import_rows
from meridian.engine.exchange.values import headings
from meridian.engine.inputs.build import build_form, initial_values
from meridian.engine.listing.asking import offered
from meridian.engine.policies import OwnPolicy, policy_of
from meridian.engine.resources import UNSEEN, Resource, has_resource, resource_of, resources
from meridian.registers.access.models import Account, Holding, Role
from meridian.registers.access.queries import actor_of
from meridian.registers.organisation.commands import add_unit
from meridian.registers.organisation.models import Unit
from meridian.work.effort.policies import TimeEntryPolicy
from meridian.work.routines.policies import ItemStepPolicy

pytestmark = pytest.mark.django_db
WORDS = (models.CharField, models.TextField)
FOLLOWING = (TimeEntryPolicy, ItemStepPolicy)


def closed(model: type[models.Model]) -> bool:
    """Whether there are people who see none, or not all, of these rows."""
    policy = policy_of(model)
    return "view" not in policy.everyone and not issubclass(type(policy), OwnPolicy)


def references(resource: type[Resource]) -> list[Any]:
    """The references of a resource that lead to what not everybody sees."""
    return [
        field
        for field in resource.model._meta.concrete_fields
        if field.is_relation
        and has_resource(field.related_model)
        and closed(field.related_model)
        and not issubclass(resource.policy, OwnPolicy)
    ]


REFERRING = [resource for resource in resources() if references(resource)]
EVERY = every(REFERRING)


@dataclass
class Scene:
    """A row here, what it refers to elsewhere, and somebody who sees the row alone."""

    row: models.Model
    hidden: list[models.Model]
    elsewhere: Unit
    account: Account
    client: Client

    @property
    def secrets(self) -> set[str]:
        """The labels, keys and texts by which what is hidden would be known."""
        found = set()
        for row in self.hidden:
            found |= {str(row), str(getattr(row, resource_of(type(row)).key))}
            found |= {
                str(getattr(row, field.name))
                for field in row._meta.concrete_fields
                if isinstance(field, WORDS) and not field.choices
            }
        told_by_the_row = str(vars(self.row))
        return {text for text in found if len(text) > 5 and text not in told_by_the_row}


def scene(resource: type[Resource]) -> Scene:
    """Laid out so that the row's references lead outside of what its reader may see."""
    here, there = (
        add_unit(actor=MAKER, code=f"U{n}", name={"en": f"Unit {n}"}, starts_on="2020-01-01") for n in (1, 2)
    )
    hidden: dict[str, models.Model] = {}
    for field in references(resource):
        hidden[field.name] = make(field.related_model, {Unit: there})
    row = make(resource.model, {Unit: here}, **hidden)
    row.refresh_from_db()
    label = resource.model._meta.label_lower
    permissions = [f"{label}.{action}" for action in ("view", "export", "change")]
    if isinstance(row, Attachment):
        # A file is seen by its row alone.
        permissions.append(f"{row.resource}.view")
    if issubclass(resource.policy, FOLLOWING):
        # A part of an item that is seen by whoever works on the item alone.
        permissions.append("servicedesk.workitem.view")
    role = make(Role, code="narrow", permissions=permissions)
    account = make(Account, username="reader", person=None)
    for unit in (here, None):
        make(Holding, account=account, role=role, unit=unit, starts_at="2020-01-01T00:00Z")
        if resource.model.objects.permitted(actor_of(account)).filter(pk=row.pk).exists():
            break
    actor = actor_of(account)
    unseen = [
        other
        for other in hidden.values()
        if not type(other)._default_manager.permitted(actor, "view").filter(pk=other.pk).exists()
    ]
    return Scene(row, unseen, there, account, signed_in(account))


@EVERY
def test_a_reference_to_an_unseen_row_tells_that_there_is_one_and_nothing_else(resource):
    scene_ = scene(resource)
    _change_something(resource, scene_)
    page = f"/{resource.module()}/{resource.address}/"
    detail, api = f"{page}{scene_.row.pk}/", f"/api{page[:-1]}"
    label = resource.model._meta.label_lower
    ways = [page, detail, f"{detail}history/", f"/search/?q={label}", f"/lookup/{label}/?q=e", "/notices/"]
    may_change = resource.change and type(scene_.row)._default_manager.permitted(
        actor_of(scene_.account), "change"
    ).filter(pk=scene_.row.pk)
    ways += [f"{detail}edit/"] if may_change else []
    ways += [f"{page}export/{kind}/" for kind in ("csv", "json")] if resource.file_fields() else []
    ways += [api, f"{api}/{scene_.row.pk}"] if resource.api_fields("r") else []
    told = []
    for way in ways:
        answer = scene_.client.get(way)
        assert answer.status_code == 200, (way, answer.status_code)
        body = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
        told += [(way, secret) for secret in scene_.secrets if secret in body]
    assert told == []


def _change_something(resource: type[Resource], scene_: Scene) -> None:
    """So that the history has a reference that was another before."""
    if resource.appended:
        return
    with trail.entry("tests.change", MAKER):
        for field in references(resource):
            if field.null:
                rows = resource.model._base_manager.filter(pk=scene_.row.pk)
                if not _emptied(rows, field):
                    other = make(field.related_model, {Unit: scene_.elsewhere})
                    rows.update(**{field.attname: other.pk})
                    scene_.hidden.append(other)
                rows.update(**{field.attname: getattr(scene_.row, field.attname)})


def _emptied(rows: models.QuerySet[Any], field: Any) -> bool:
    """Whether the row may lead nowhere; where a constraint says no it led elsewhere before."""
    try:
        with transaction.atomic():
            rows.update(**{field.attname: None})
    except IntegrityError:
        return False
    return True


@EVERY
def test_a_file_read_back_by_who_does_not_see_all_changes_nothing(resource):
    """An unseen reference stays as it is, or, where rows are told apart by it, is refused with its place."""
    if not resource.file_fields():
        return
    scene_ = scene(resource)
    actor = actor_of(scene_.account)
    before = list(resource.model._base_manager.order_by("pk").values())
    readable = str(list(readable_rows(resource, actor, {}, offered(resource))))
    assert [secret for secret in scene_.secrets if secret in readable] == []
    rows = list(export_rows(resource, actor, {}))
    for kind in TYPES:
        content = b"".join(write_rows(kind, headings(resource), rows))
        assert [secret for secret in scene_.secrets if secret.encode() in content] == []
        for dry in (True, False):
            report = import_rows(resource, actor, read_file(f"rows.{kind}", content), dry=dry)
            assert report.unchanged + len({fault.line for fault in report.faults}) == len(rows), kind
            assert [fault for fault in report.faults if not (fault.line and fault.column)] == []
            assert (report.added, report.changed) == (0, 0)
    assert list(resource.model._base_manager.order_by("pk").values()) == before


CHANGEABLE = [found for found in REFERRING if found.change]


@every(CHANGEABLE)
def test_a_form_sent_unchanged_leaves_an_unseen_reference_as_it_is(resource):
    scene_ = scene(resource)
    actor = actor_of(scene_.account)
    form = build_form(resource, actor)(initial=initial_values(resource, scene_.row))
    names = [field.name for field in references(resource) if field.name in form.fields]
    shown = {name: form[name].value() for name in names}
    posted = build_form(resource, actor, names)({name: str(value or "") for name, value in shown.items()})
    hidden = {type(row) for row in scene_.hidden}
    if posted.is_valid():
        values = posted.values()
        for name in names:
            if resource.field(name).related_model in hidden:
                assert name not in values


@EVERY
def test_an_unseen_reference_is_marked_over_rest(resource):
    scene_ = scene(resource)
    if not scene_.hidden or not resource.api_fields("r"):
        return
    row = scene_.client.get(f"/api/{resource.module()}/{resource.address}/{scene_.row.pk}").json()
    hidden = {(type(other), other.pk) for other in scene_.hidden}
    for field in references(resource):
        if (field.related_model, getattr(scene_.row, field.attname)) in hidden and field.name in row:
            assert row[field.name] == UNSEEN


def test_many_to_many_leads_only_to_what_everybody_sees():
    """A form's choice of many could not keep what its reader does not see."""
    assert [
        f"{resource.model._meta.label}.{field.name}"
        for resource in resources()
        for field in resource.model._meta.many_to_many
        if closed(field.related_model)
    ] == []


def test_the_account_is_never_a_neighbour_that_leaks():
    assert any(field.related_model is get_user_model() for found in REFERRING for field in references(found))
