"""What the further verbs of a resource take over REST, read from the signatures of their commands."""

import datetime
import inspect
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from django.db import models
from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, create_model

from meridian.engine.api.rows import referred
from meridian.engine.api.schemas import Strict, Text, named
from meridian.engine.policies import Actor
from meridian.engine.resources import Resource

OWN_INPUTS = ("actor",)
YEARS = range(1900, 2200)


def _of_our_time(value: Any) -> Any:
    if value.year not in YEARS:
        raise ValueError(f"the year must lie between {YEARS[0]} and {YEARS[-1]}")
    return value


PLAIN_KINDS: Mapping[Any, Any] = {
    str: Text,
    bool: bool,
    int: int,
    datetime.date: Annotated[datetime.date, AfterValidator(_of_our_time)],
    datetime.datetime: Annotated[AwareDatetime, AfterValidator(_of_our_time)],
}


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb as it is served: `schema` is its body, None when it asks for nothing.

    `references` maps the inputs that name a row of another table to its model.
    """

    name: str
    carry_out: Any
    schema: type[Schema] | None
    needs_body: bool
    references: Mapping[str, type[models.Model]]

    @property
    def target(self) -> str:
        """The parameter that holds the row acted on."""
        return str(self.carry_out.facts.target)

    @property
    def meaning(self) -> str:
        """What the command says of itself."""
        return inspect.getdoc(self.carry_out.facts.function) or ""

    def values(self, payload: Schema | None, actor: Actor) -> dict[str, Any]:
        """What was sent, references looked up; `Refusal` names one that isn't there."""
        sent = payload.model_dump(exclude_unset=True) if payload is not None else {}
        return {
            name: referred(self.references[name], name, value, actor)
            if name in self.references and value is not None
            else value
            for name, value in sent.items()
        }


def served_verbs(resource: type[Resource]) -> list[Verb]:
    """The verbs of a resource that are served over REST, in the order of the declaration."""
    return [
        _verb(resource, name, carry_out)
        for name, carry_out in resource.verbs.items()
        if name not in resource.unserved
    ]


def _verb(resource: type[Resource], name: str, carry_out: Any) -> Verb:
    facts = carry_out.facts
    if not facts.target or not facts.function.__doc__:
        raise TypeError(
            f"{facts.name} can't be served: it needs a target and a docstring, or a reason in `unserved`."
        )
    hints = typing.get_type_hints(facts.function, include_extras=True)
    columns: dict[str, Any] = {}
    references: dict[str, type[models.Model]] = {}
    for parameter in inspect.signature(facts.function).parameters.values():
        if parameter.name in (*OWN_INPUTS, facts.target):
            continue
        hint, is_optional = _without_none(hints[parameter.name])
        model = _referred_model(hint)
        if model is not None:
            references[parameter.name] = model
        kind = Text if model is not None else _kind(facts.name, parameter.name, hint)
        default = ... if parameter.default is inspect.Parameter.empty else parameter.default
        columns[parameter.name] = (kind | None if is_optional else kind, default)
    part = "".join(word.title() for word in name.split("_"))
    schema = create_model(named(resource, part), __base__=Strict, **columns) if columns else None
    needs_body = any(default is ... for _kind_of, default in columns.values())
    return Verb(name, carry_out, schema, needs_body, references)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if typing.get_origin(hint) not in (typing.Union, types.UnionType):
        return hint, False
    rest = [part for part in typing.get_args(hint) if part is not type(None)]
    return rest[0], len(rest) < len(typing.get_args(hint))


def _referred_model(hint: Any) -> type[models.Model] | None:
    """The model of a row; a command that can't import it says `Annotated[Any, Model]`."""
    for found in (hint, *getattr(hint, "__metadata__", ())):
        if isinstance(found, type) and issubclass(found, models.Model):
            return found
    return None


def _kind(command: str, name: str, hint: Any) -> Any:
    if hasattr(hint, "__metadata__"):
        return Annotated[(_kind(command, name, hint.__origin__), *hint.__metadata__)]
    if typing.get_origin(hint) is Mapping:
        return dict[Text, Text]
    if isinstance(hint, type) and issubclass(hint, str) and hint is not str:
        return hint
    if hint not in PLAIN_KINDS:
        raise TypeError(f"{command}: the type of {name} says nothing that could be read: {hint}.")
    return PLAIN_KINDS[hint]
