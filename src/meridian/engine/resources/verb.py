"""Verbs: what may be done to a row beyond changing and removing it, declared once for every surface."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from meridian.engine.commands import Warned, Warns, ask_before
from meridian.engine.commands.arguments import Argument, arguments_of
from meridian.engine.policies import Actor

Condition = Q | Callable[[Actor, Any], bool]
# Generated pages stand at these words below the address of a row.
# An argument of this name gets the reader's language.
LANGUAGE = "language"
TAKEN_WORDS = frozenset({"edit", "remove", "history", "part", "neighbours", "change"})


@dataclass(frozen=True, slots=True)
class Ask:
    """How a form asks for one argument: without it the words are those of the model's field of that name.

    `long` gives a text several lines, `choices` words to the values of what is no enumeration, `initial`
    the value that the form begins with, from the row, `among` the rows from which one is chosen. What is
    `hidden` nobody is asked for; where the command refuses for want of it, `again` is sent along when one
    has read why and presses once more.
    """

    name: str
    title: str | Promise = ""
    help: str | Promise = ""
    long: bool = False
    choices: tuple[tuple[Any, str | Promise], ...] = ()
    initial: Callable[[Any], Any] | None = None
    among: Callable[[Any], QuerySet] | None = None
    again: Callable[[Any], Any] | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Verb:
    """A command as people meet it: button, form, bulk action, entry of the palette, address of REST.

    `when` says on which rows it is offered, as a condition on the row or a function of actor and row with
    a docstring; whether it may be done is the command's alone. `danger` sets it apart. `confirm` is the
    sentence for what can't be undone, where the command has no `warns` of its own. `bulk` offers it for many
    rows of a list. `fields` tell how its arguments are asked for. `tells` what was typed before it is done,
    in a sentence made of the row and the values: a wrong digit is seen before anything happens.
    """

    command: Any
    title: str | Promise
    icon: str = ""
    when: Condition = field(default_factory=Q)
    danger: bool = False
    confirm: str | Promise = ""
    bulk: bool = False
    fields: tuple[Ask, ...] = ()
    tells: Callable[[Any, Mapping[str, Any]], str] | None = None

    @property
    def name(self) -> str:
        """The last word of the command's name, which stands in addresses."""
        return str(self.command.facts.name.rsplit(".", 1)[1])

    @property
    def action(self) -> str:
        """What the policy is asked for."""
        return str(self.command.facts.action)

    @property
    def target(self) -> str:
        """The parameter that holds the row acted on."""
        return str(self.command.facts.target)

    @property
    def meaning(self) -> str:
        """What the command says of itself."""
        return inspect.getdoc(self.command.facts.function) or ""

    @property
    def arguments(self) -> tuple[Argument, ...]:
        return arguments_of(self.command.facts)

    @property
    def at_once(self) -> bool:
        """Whether its button does it: there is nothing that a person needs to be asked."""
        return all(
            not argument.is_needed and (argument.name == LANGUAGE or self.ask(argument.name).hidden)
            for argument in self.arguments
        )

    @property
    def condition(self) -> str:
        """The condition in words, for what is written down."""
        if isinstance(self.when, Q):
            return str(self.when) if self.when else ""
        return (inspect.getdoc(self.when) or "").split("\n", 1)[0]

    def ask(self, name: str) -> Ask:
        return next((found for found in self.fields if found.name == name), Ask(name))


def check_verbs(model: type[Model], verbs: tuple[Verb, ...]) -> None:
    """Raise `TypeError` for what could not be drawn or served; ask before what has a `confirm`."""
    names = [verb.name for verb in verbs]
    if len(names) != len(set(names)) or TAKEN_WORDS & set(names):
        raise TypeError(f"{model._meta.label}: verbs need names of their own: {', '.join(names)}.")
    for verb in verbs:
        facts = verb.command.facts
        if facts.model is not model or not facts.target or not verb.meaning or not str(verb.title):
            raise TypeError(
                f"{facts.name} is no verb of {model._meta.label}: it needs a target, a title and a docstring."
            )
        unknown = {asked.name for asked in verb.fields} - {found.name for found in verb.arguments}
        if unknown:
            raise TypeError(f"{facts.name} has no arguments {sorted(unknown)}.")
        if not isinstance(verb.when, Q) and not inspect.getdoc(verb.when):
            raise TypeError(f"{facts.name}: say in a docstring when it is offered.")
        if verb.confirm:
            ask_before(facts.name, _warns(verb))


def _warns(verb: Verb) -> Warns:
    def warn(rows: list[Any], _given: Mapping[str, Any]) -> Warned:
        what = f"“{rows[0]}”" if len(rows) == 1 else _("%(count)s rows") % {"count": len(rows)}
        facts = {"verb": verb.title, "what": what}
        return Warned(
            title=_("%(verb)s: %(what)s?") % facts,
            does=(str(verb.confirm),),
            lost=_("This can't be undone. The audit trail keeps who did it and when."),
            button=str(verb.title),
            done=_("%(verb)s: done to %(what)s.") % facts,
        )

    return warn
