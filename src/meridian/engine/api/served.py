"""What the further verbs of a resource take over REST, read from the signatures of their commands."""

import datetime
import decimal
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from django.db import models
from ninja import Schema
from pydantic import AwareDatetime, Field, create_model

from meridian.engine.api.rows import referred
from meridian.engine.api.schemas import Strict, Text, named, of_our_time
from meridian.engine.policies import Actor
from meridian.engine.resources import Resource, Verb

PLAIN_KINDS: Mapping[Any, Any] = {
    str: Text,
    decimal.Decimal: Annotated[decimal.Decimal, Field(max_digits=24, decimal_places=6)],
    datetime.date: of_our_time(datetime.date),
    datetime.datetime: of_our_time(AwareDatetime),
}


@dataclass(frozen=True, slots=True)
class Served:
    """A verb as it is served: `schema` is its body, None when it asks for nothing.

    `references` maps the inputs that name a row of another table to its model.
    """

    verb: Verb
    schema: type[Schema] | None
    needs_body: bool
    references: Mapping[str, type[models.Model]]

    @property
    def name(self) -> str:
        return self.verb.name

    @property
    def carry_out(self) -> Any:
        """The command itself."""
        return self.verb.command

    def values(self, payload: Schema | None, actor: Actor) -> dict[str, Any]:
        """What was sent, references looked up; `Refusal` names one that isn't there."""
        sent = payload.model_dump(exclude_unset=True) if payload is not None else {}
        return {
            name: referred(self.references[name], name, value, actor)
            if name in self.references and value is not None
            else value
            for name, value in sent.items()
        }


def served_verbs(resource: type[Resource]) -> list[Served]:
    """The verbs of a resource as REST takes them, in the order of the declaration."""
    return [_served(resource, verb) for verb in resource.verbs]


def _served(resource: type[Resource], verb: Verb) -> Served:
    columns: dict[str, Any] = {}
    references: dict[str, type[models.Model]] = {}
    for argument in verb.arguments:
        if argument.model is not None:
            references[argument.name] = argument.model
        kind = Text if argument.model is not None else _kind(argument.kind)
        default = ... if argument.is_needed else argument.default
        columns[argument.name] = (kind | None if argument.is_optional else kind, default)
    part = "".join(word.title() for word in verb.name.split("_"))
    schema = create_model(named(resource, part), __base__=Strict, **columns) if columns else None
    needs_body = any(default is ... for _kind_of, default in columns.values())
    return Served(verb, schema, needs_body, references)


def _kind(hint: Any) -> Any:
    if hasattr(hint, "__metadata__"):
        return Annotated[(_kind(hint.__origin__), *hint.__metadata__)]
    if typing.get_origin(hint) is Mapping:
        return dict[Text, Text]
    return PLAIN_KINDS.get(hint, hint)
