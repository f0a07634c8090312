"""The one way to write: right, lock, rows, audit entry and events in one transaction."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meridian.engine.audit import trail
from meridian.engine.commands.checking import said_at_its_field
from meridian.engine.commands.confirming import Warns, asked_of, warn_of_removal, within
from meridian.engine.commands.faults import Conflict
from meridian.engine.commands.outcomes import Unchanged, carried_out
from meridian.engine.commands.rights import Question, carrying_out
from meridian.engine.policies import Actor

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class CommandFacts:
    """What the registry knows of a command: `library.book.lend`, its model and its action."""

    name: str
    model: type[models.Model]
    action: str
    target: str
    function: Callable[..., Any]
    warns: Warns | None = None
    title: str | Promise = ""

    @property
    def carry_out(self) -> Callable[..., Any]:
        """The command itself."""
        return _carried_out[self.name]

    @property
    def irreversible(self) -> bool:
        """Whether a person confirms it first."""
        return self.warns is not None

    @property
    def creates(self) -> bool:
        """Whether the command makes a row instead of changing a given one."""
        return not self.target


_commands: dict[str, CommandFacts] = {}
_carried_out: dict[str, Callable[..., Any]] = {}
# What declarations ask before commands that say nothing by themselves.
_asked: dict[str, Warns] = {}


def commands() -> dict[str, CommandFacts]:
    """Every command by name."""
    return dict(_commands)


def command(
    name: str,
    *,
    on: type[models.Model],
    target: str = "",
    action: str = "",
    warns: Warns | None = None,
    title: str | Promise = "",
) -> Callable[[Function], Function]:
    """Make a keyword-only function the command `name` on a model.

    `target` names the parameter that holds the row, or the list of rows, acted on: each is
    locked in the order of its key and handed over fresh. Without `target` the command makes
    a row and returns it. The policy is asked about `action`, the last segment of `name` where it
    isn't given: of the rows as they were and as they are afterwards, and, where a person and no
    other command calls, of every row newly named in its arguments (see `Question` and `Policy`).
    `warns` tells what can't be undone (`confirming`); `title` is how the trail calls it, where it is
    neither a verb of the resource nor one that every resource has.

    The wrapped function takes two optional keywords of its own: `expected_version`, which
    must equal the row's version (`Conflict` otherwise), and `reason`, kept in the audit entry, and in the
    row where it has a field of that name. A `change` that changes nothing leaves no entry and no version.

    Raises `Unseen`, `Unpermitted`, `Conflict` or `Refusal`; nothing is written then.
    """
    action = action or name.rsplit(".", 1)[1]

    def wrap(function: Function) -> Function:
        registered = _registered(CommandFacts(name, on, action, target, function, warns, title))
        takes_reason, keeps_reason = _meant_by_reason(function, on)

        @functools.wraps(function)
        def carry_out(
            *, actor: Actor, expected_version: int | None = None, reason: str | None = None, **given: Any
        ) -> Any:
            if takes_reason or (keeps_reason and reason is not None):
                given["reason"] = reason or ""
            question = Question(on, action, actor)
            question.refuse_at_all()
            try:
                with said_at_its_field(on, given), trail.entry(name, actor, reason or ""):
                    return _carry_out(_commands[name], question, given, expected_version)
            except Unchanged as same:
                return same.made

        carry_out.facts = registered  # type: ignore[attr-defined]
        _carried_out[name] = carry_out
        return carry_out  # type: ignore[return-value]

    return wrap


def _meant_by_reason(function: Function, on: type[models.Model]) -> tuple[bool, bool]:
    """Whether a command names a reason itself, and whether its row keeps one among its other fields."""
    parameters = inspect.signature(function).parameters
    has_rest = any(each.kind is inspect.Parameter.VAR_KEYWORD for each in parameters.values())
    has_field = any(field.name == "reason" for field in on._meta.get_fields())
    return "reason" in parameters, has_rest and has_field


def _registered(facts: CommandFacts) -> CommandFacts:
    known = _commands.get(facts.name)
    # A file that is imported again says the same again.
    if known and (known.function.__module__, known.function.__qualname__) != (
        facts.function.__module__,
        facts.function.__qualname__,
    ):
        raise RuntimeError(f"Two commands are called {facts.name}.")
    if facts.warns is None:
        facts = replace(facts, warns=_asked.get(facts.name) or _usual_warning(facts.action))
    _commands[facts.name] = facts
    return facts


def _usual_warning(action: str) -> Warns | None:
    return warn_of_removal if action == "remove" else None


def ask_before(name: str, warns: Warns) -> None:
    """Ask a person before this command as `warns` tells; a command that does so already is a fault."""
    facts = _commands[name]
    # A declaration that is imported again asks the same again.
    if facts.warns not in (None, _asked.get(name)):
        raise TypeError(f"{name} asks by itself: a second question says the same in other words.")
    _asked[name] = warns
    _commands[name] = replace(facts, warns=warns)
    _carried_out[name].facts = _commands[name]  # type: ignore[attr-defined]


def refuse_unpermitted(facts: CommandFacts, actor: Actor) -> None:
    """Raise `Unpermitted` when the actor may do this to no row at all."""
    Question(facts.model, facts.action, actor).refuse_at_all()


def _carry_out(
    facts: CommandFacts, question: Question, given: dict[str, Any], expected_version: int | None
) -> Any:
    named = {name: value for name, value in given.items() if name != facts.target}
    if facts.creates:
        question.refuse_references(named, None)
        with within(None), carrying_out():
            made = carried_out(facts, question.actor, given)
        question.refuse_made(made)
        return made
    rows, many = _locked(facts, question, given, expected_version)
    question.refuse_references(named, None if many else rows[0])
    before = question.remembered(rows)
    asked = asked_of(facts.name, question.actor, rows, given, facts.warns) if facts.warns else None
    with within(asked):
        with carrying_out():
            result = carried_out(facts, question.actor, given)
        question.refuse_changed(before)
    return result


def _locked(
    facts: CommandFacts, question: Question, given: dict[str, Any], expected_version: int | None
) -> tuple[list[Any], bool]:
    """Lock the rows acted on and put them, fresh, in the place of those that were handed over."""
    handed = given[facts.target]
    many = not isinstance(handed, models.Model)
    rows: list[Any] = question.locked(sorted(row.pk for row in handed) if many else [handed.pk])
    if expected_version is not None and not many and getattr(rows[0], "version", None) != expected_version:
        raise Conflict(_("Somebody changed this while you were writing. Compare and save again."), rows[0])
    given[facts.target] = rows if many else rows[0]
    return rows, many
