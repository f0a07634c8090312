"""The one way to write: right, lock, rows, audit entry and events in one transaction."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils.translation import gettext_lazy as _

from meridian.engine.audit import trail
from meridian.engine.commands.faults import Conflict, Refusal, Unpermitted, Unseen
from meridian.engine.policies import NOBODY, Actor, permission_code, policy_of

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class CommandFacts:
    """What the registry knows of a command: `places.site.change`, its model and its action."""

    name: str
    model: type[models.Model]
    action: str
    target: str
    function: Callable[..., Any]

    @property
    def creates(self) -> bool:
        """Whether the command makes a row instead of changing a given one."""
        return not self.target


_commands: dict[str, CommandFacts] = {}


def commands() -> dict[str, CommandFacts]:
    """Every command by name."""
    return dict(_commands)


def command(name: str, *, on: type[models.Model], target: str = "") -> Callable[[Function], Function]:
    """Make a keyword-only function the command `name` on a model.

    `target` names the parameter that holds the row, or the list of rows, acted on: each is
    locked in the order of its key and handed over fresh. Without `target` the command makes
    a row, returns it, and the row must lie within what the actor may `add`.
    The last segment of `name` is the action that the policy is asked about.

    The wrapped function takes two optional keywords of its own: `expected_version`, which
    must equal the row's version (`Conflict` otherwise), and `reason`, kept in the audit entry.

    Raises `Unseen`, `Unpermitted`, `Conflict` or `Refusal`; nothing is written then.
    """
    action = name.rsplit(".", 1)[1]

    def wrap(function: Function) -> Function:
        facts = CommandFacts(name, on, action, target, function)
        if name in _commands:
            raise RuntimeError(f"Two commands are called {name}.")
        _commands[name] = facts
        takes_reason = "reason" in inspect.signature(function).parameters

        @functools.wraps(function)
        def carry_out(
            *, actor: Actor, expected_version: int | None = None, reason: str = "", **given: Any
        ) -> Any:
            if takes_reason:
                given["reason"] = reason
            refuse_unpermitted(facts, actor)
            try:
                with trail.entry(name, actor, reason):
                    if target:
                        given[target] = _lock(facts, actor, given[target], expected_version)
                        return function(actor=actor, **given)
                    made = function(actor=actor, **given)
                    _check_made(facts, actor, made)
                    return made
            except IntegrityError as fault:
                raise Refusal(*_explain(on, fault)) from fault

        carry_out.facts = facts  # type: ignore[attr-defined]
        return carry_out  # type: ignore[return-value]

    return wrap


def refuse_unpermitted(facts: CommandFacts, actor: Actor) -> None:
    """Raise `Unpermitted` when the actor may do this to no row at all."""
    if not policy_of(facts.model).may(actor, facts.action):
        raise Unpermitted(
            _("You may not do this (%(permission)s). Ask whoever gives out roles in your unit.")
            % {"permission": permission_code(facts.model, facts.action)}
        )


def _lock(facts: CommandFacts, actor: Actor, given: Any, expected_version: int | None) -> Any:
    many = not isinstance(given, models.Model)
    keys = sorted(row.pk for row in given) if many else [given.pk]
    scope = policy_of(facts.model).scope(actor, facts.action)
    # `model._default_manager` may hide rows (a soft state); a command sees all of its table.
    rows = facts.model._base_manager.filter(pk__in=keys)
    free = scope == type(scope)()
    found = list(
        (rows if free else rows.filter(pk__in=_permitted_keys(facts, scope, keys)))
        .order_by("pk")
        .select_for_update()
    )
    if len(found) < len(keys):
        _refuse_rows(facts, actor, keys)
    if expected_version is not None and not many and found[0].version != expected_version:
        raise Conflict(_("Somebody changed this while you were writing. Compare and save again."), found[0])
    return found if many else found[0]


def _permitted_keys(facts: CommandFacts, scope: models.Q, keys: list[int]) -> Any:
    return facts.model._base_manager.filter(scope, pk__in=keys).values("pk")


def _refuse_rows(facts: CommandFacts, actor: Actor, keys: list[int]) -> None:
    """Say 404 for what the actor can't see, 403 for what the actor sees but may not touch."""
    view = policy_of(facts.model).scope(actor, "view")
    seen = 0 if view == NOBODY else facts.model._base_manager.filter(view, pk__in=keys).distinct().count()
    if seen < len(keys):
        raise Unseen(_("There is no such row, or it is not yours to see."))
    raise Unpermitted(
        _("You may not do this here (%(permission)s). Ask whoever gives out roles in that unit.")
        % {"permission": permission_code(facts.model, facts.action)}
    )


def _check_made(facts: CommandFacts, actor: Actor, made: Any) -> None:
    scope = policy_of(facts.model).scope(actor, facts.action)
    if scope == type(scope)() or not isinstance(made, models.Model):
        return
    if not facts.model._base_manager.filter(scope, pk=made.pk).exists():
        raise Unpermitted(_("You may not make this here: it would lie outside of the units in your charge."))


def _explain(model: type[models.Model], fault: IntegrityError) -> tuple[Any, str]:
    """The message that the model declares for the violated constraint."""
    diagnosis = getattr(fault.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or ""
    for constraint in model._meta.constraints:
        if constraint.name == name:
            fields = getattr(constraint, "fields", ()) or ("",)
            return constraint.get_violation_error_message(), fields[0]
    for field in model._meta.concrete_fields:
        if field.unique and name.startswith(f"{model._meta.db_table}_{field.column}_"):
            return _("Another row has this already: %(field)s.") % {"field": field.verbose_name}, field.name
    if isinstance(fault, models.ProtectedError) or getattr(diagnosis, "sqlstate", "") == "23503":
        return _("Other rows still refer to this one. Remove or change them first."), ""
    return _("The database refused this: it breaks the rule %(rule)s.") % {"rule": name}, ""


def clean_row(row: models.Model) -> None:
    """Validate a row's fields and constraints; the first fault becomes a `Refusal`."""
    try:
        row.full_clean()
    except ValidationError as fault:
        field, messages = next(iter(fault.message_dict.items()))
        raise Refusal(messages[0], "" if field == "__all__" else field) from fault
