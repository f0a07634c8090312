"""What a command asks for, read once from its signature: bodies of REST and forms of pages follow."""

import datetime
import inspect
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import models

from meridian.engine.commands.command import CommandFacts

NEEDED = inspect.Parameter.empty
PLAIN = (str, bool, int, Decimal, datetime.date, datetime.datetime, UploadedFile)


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a command: its type without None, the model of the row it names, its default.

    `kind` keeps what is annotated; `bare` is the type below that.
    """

    name: str
    kind: Any
    model: type[models.Model] | None
    is_optional: bool
    default: Any

    @property
    def is_needed(self) -> bool:
        return self.default is NEEDED

    @property
    def bare(self) -> Any:
        return self.kind.__origin__ if hasattr(self.kind, "__metadata__") else self.kind

    @property
    def choices(self) -> list[tuple[Any, Any]] | None:
        """What can be chosen where the type is an enumeration with labels."""
        return getattr(self.bare, "choices", None)


def arguments_of(facts: CommandFacts) -> tuple[Argument, ...]:
    """Every argument but the actor and the row acted on; `TypeError` for a type that says nothing."""
    hints = typing.get_type_hints(facts.function, include_extras=True)
    return tuple(
        _argument(facts.name, parameter, hints[parameter.name])
        for parameter in inspect.signature(facts.function).parameters.values()
        if parameter.name not in ("actor", facts.target)
    )


def _argument(command: str, parameter: inspect.Parameter, hint: Any) -> Argument:
    kind, is_optional = _without_none(hint)
    found = Argument(parameter.name, kind, _referred_model(kind), is_optional, parameter.default)
    if found.model is None and not _says_something(found.bare):
        raise TypeError(f"{command}: the type of {parameter.name} says nothing that could be read: {hint}.")
    return found


def _says_something(bare: Any) -> bool:
    if hasattr(bare, "__metadata__"):
        return _says_something(bare.__origin__)
    is_word = isinstance(bare, type) and issubclass(bare, str)
    return is_word or bare in PLAIN or typing.get_origin(bare) is Mapping


def _without_none(hint: Any) -> tuple[Any, bool]:
    if typing.get_origin(hint) not in (typing.Union, types.UnionType):
        return hint, False
    rest = [part for part in typing.get_args(hint) if part is not type(None)]
    return rest[0], len(rest) < len(typing.get_args(hint))


def _referred_model(hint: Any) -> type[models.Model] | None:
    """The model of a row."""
    return hint if isinstance(hint, type) and issubclass(hint, models.Model) else None
