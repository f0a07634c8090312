"""All resources of the house, by model."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.db import models

from meridian.engine.policies.policy import forget_policies, register_policy
from meridian.engine.records.tables import AuditedTable

if TYPE_CHECKING:
    from meridian.engine.resources.resource import Resource

_resources: dict[type[models.Model], "type[Resource]"] = {}


def take_in(found: "Iterable[type[Resource]]") -> None:
    """Replace what is known by these resources and their policies; the site calls this once at start."""
    _resources.clear()
    forget_policies()
    for resource in found:
        refuse_clash(resource)
        register_policy(resource.model, resource.policy)
        _resources[resource.model] = resource


def refuse_clash(resource: "type[Resource]") -> None:
    """Raise `TypeError` for an address, or a kind of concern, that is another's already."""
    for other in _resources.values():
        if resource.concern and other.concern and resource.concern.kind == other.concern.kind:
            raise TypeError(
                f"{resource.__name__} and {other.__name__} both are of the kind {resource.concern.kind}."
            )
        if (other.module(), other.address) == (resource.module(), resource.address):
            raise TypeError(
                f"{resource.__name__} and {other.__name__} both want the address {resource.address}."
            )


def resources() -> list["type[Resource]"]:
    """Every resource, ordered by module and noun."""
    return sorted(_resources.values(), key=lambda found: (found.module(), found.noun()))


def resource_of(model: type[models.Model]) -> "type[Resource]":
    """The resource of a model; `LookupError` when it has none."""
    try:
        return _resources[model]
    except KeyError:
        raise LookupError(f"{model._meta.label} is not declared.") from None


def concerns() -> dict[str, "type[Resource]"]:
    """The resources that work may refer to, by their kind."""
    return {found.concern.kind: found for found in resources() if found.concern}


def entered_as(model: type[models.Model]) -> "type[Resource] | None":
    """The resource whose rows are entries of the rows of this model; None where they have none."""
    if not has_resource(model) or _resources[model].concern is None:
        return None
    return next((found for found in resources() if found.stands_for), None)


def has_resource(model: type[models.Model]) -> bool:
    return model in _resources


def audited_tables() -> Iterator[AuditedTable]:
    """The tables whose every difference is recorded, with their many-to-many tables."""
    for resource in resources():
        if not resource.audited:
            continue
        options = resource.model._meta
        left_out = {row.name for row in resource.fields if not row.audit}
        unrecorded = tuple(
            field.column for field in options.concrete_fields if field.column and field.name in left_out
        )
        versioned = any(field.name == "version" for field in options.concrete_fields)
        yield AuditedTable(options.db_table, unrecorded, resource.appended, versioned)
        for field in options.many_to_many:
            through: Any = field.remote_field.through
            if through._meta.auto_created:
                yield AuditedTable(field.m2m_db_table(), versioned=False)
