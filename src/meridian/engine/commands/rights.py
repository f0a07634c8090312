"""The question of rights that a command asks: of the row as it was, of it as it is now, and of each
row that it newly refers to."""

from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands.faults import Refusal, Unpermitted, Unseen
from meridian.engine.policies import NOBODY, Actor, Policy, permission_code, policy_of
from meridian.engine.records import concrete_field

FREE = models.Q()

_within_a_command: ContextVar[bool] = ContextVar("meridian_within_a_command", default=False)


@contextmanager
def carrying_out() -> Any:
    """Commands called inside are called by a command: which rows they name is the house's choice."""
    token = _within_a_command.set(True)
    try:
        yield
    finally:
        _within_a_command.reset(token)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about one call of a command: who wants to do what to the rows of which model."""

    model: type[models.Model]
    action: str
    actor: Actor

    @property
    def policy(self) -> Policy:
        return policy_of(self.model)

    @property
    def scope(self) -> models.Q:
        return self.policy.scope(self.actor, self.action)

    @property
    def code(self) -> str:
        return permission_code(self.model, self.action)

    @property
    def table(self) -> models.QuerySet:
        """Every row: `model._default_manager` may hide some (a soft state)."""
        return self.model._base_manager.all()

    def refuse_at_all(self) -> None:
        """Raise `Unpermitted` when the actor may do this to no row at all."""
        if not self.policy.may(self.actor, self.action):
            raise Unpermitted(
                _("You may not do this (%(permission)s). Ask whoever gives out roles in your unit.")
                % {"permission": self.code}
            )

    def locked(self, keys: list[int]) -> list[models.Model]:
        """The rows as they stand, locked in the order of their keys; refuses what is out of reach."""
        scope, rows = self.scope, self.table.filter(pk__in=keys)
        if scope != FREE:
            rows = rows.filter(pk__in=self.table.filter(scope, pk__in=keys).values("pk"))
        found = list(rows.order_by("pk").select_for_update())
        if len(found) < len(keys):
            self._refuse_rows(keys)
        return found

    def _refuse_rows(self, keys: list[int]) -> None:
        """Say 404 for what the actor can't see, 403 for what the actor sees but may not touch."""
        view = self.policy.scope(self.actor, "view")
        seen = 0 if view == NOBODY else self.table.filter(view, pk__in=keys).distinct().count()
        if seen < len(keys):
            raise Unseen(_("There is no such row, or it is not yours to see."))
        raise Unpermitted(
            _("You may not do this here (%(permission)s). Ask whoever gives out roles in that unit.")
            % {"permission": self.code}
        )

    def refuse_references(self, given: Mapping[str, Any], row: models.Model | None) -> None:
        """Each row newly named by the caller must be seen, or be in the charge that `confers` asks for."""
        if _within_a_command.get():
            return
        asked: dict[tuple[type[models.Model], str], list[tuple[str, int]]] = {}
        for name, value in given.items():
            for other in _named(value):
                if other.pk is None or _refers_already(row, name, other):
                    continue
                action = self.policy.confers.get(name, "view")
                asked.setdefault((type(other), action), []).append((name, other.pk))
        for (model, action), named in asked.items():
            self._refuse_named(model, action, named)

    def _refuse_named(self, model: type[models.Model], action: str, named: list[tuple[str, int]]) -> None:
        scope = policy_of(model).scope(self.actor, action)
        if scope == FREE:
            return
        keys = {key for _name, key in named}
        found = (
            set()
            if scope == NOBODY
            else set(model._base_manager.filter(scope, pk__in=keys).values_list("pk", flat=True))
        )
        field = next((name for name, key in named if key not in found), None)
        if field is None:
            return
        if action == "view":
            raise Refusal(_("There is no such row, or it is not yours to see."), field)
        raise Unpermitted(
            _("This is not in your charge (%(permission)s). Ask whoever is in charge of it to do this.")
            % {"permission": permission_code(model, action)},
            field,
        )

    def remembered(self, rows: Iterable[models.Model]) -> dict[int, tuple[Any, ...]]:
        """What must stay of the rows as they are now, by key."""
        return {row.pk: tuple(getattr(row, column) for column in self._fixed_columns()) for row in rows}

    def refuse_changed(self, before: Mapping[int, tuple[Any, ...]]) -> None:
        """Whatever has become of these rows, the actor must still be allowed to do this to them.

        Rows that are gone are nobody's; an action of `leaving` may put a row out of reach.
        """
        out_of_reach = self.action not in self.policy.leaving and self._out_of_reach(before)
        if out_of_reach:
            raise Unpermitted(
                _(
                    "You may not put this there: it would lie outside of the units in your charge"
                    " (%(permission)s). Ask somebody in charge of both."
                )
                % {"permission": self.code},
                self.policy.place(),
            )
        self._refuse_gain(before)
        if self.policy.fixed:
            self._refuse_unfixed(before)

    def refuse_made(self, made: Any) -> None:
        """A row that was made must lie within what the actor may make, and give the actor nothing."""
        if not isinstance(made, self.model):
            return
        if self._out_of_reach((made.pk,)):
            raise Unpermitted(
                _("You may not make this here: it would lie outside of the units in your charge."),
                self.policy.place(),
            )
        self._refuse_gain((made.pk,))

    def _out_of_reach(self, keys: Iterable[int]) -> bool:
        scope = self.scope
        if scope == FREE:
            return False
        rows = self.table.filter(pk__in=list(keys))
        return rows.exclude(pk__in=rows.filter(scope).values("pk")).exists()

    def _refuse_gain(self, keys: Iterable[int]) -> None:
        gained = self.policy.gained(self.actor, self.action)
        if gained != NOBODY and self.table.filter(gained, pk__in=list(keys)).exists():
            raise Unpermitted(
                _("Nobody gives rights to oneself. Ask somebody else who may give them (%(permission)s).")
                % {"permission": self.code}
            )

    def _fixed_columns(self) -> list[str]:
        return [concrete_field(self.model, name).attname for name in self.policy.fixed]

    def _refuse_unfixed(self, before: Mapping[int, tuple[Any, ...]]) -> None:
        rows = self.table.filter(pk__in=list(before)).values_list("pk", *self._fixed_columns())
        for key, *values in rows:
            for name, earlier, value in zip(self.policy.fixed, before[key], values, strict=True):
                if earlier != value:
                    raise Unpermitted(
                        _("“%(field)s” stays as it was made. Remove this and add another instead.")
                        % {"field": concrete_field(self.model, name).verbose_name},
                        name,
                    )


def _named(value: Any) -> Iterable[models.Model]:
    """The rows in an argument: itself, or those in a list, set or query set."""
    if isinstance(value, models.Model):
        return (value,)
    if isinstance(value, list | tuple | set | frozenset | models.QuerySet):
        return tuple(row for row in value if isinstance(row, models.Model))
    return ()


def _refers_already(row: models.Model | None, name: str, other: models.Model) -> bool:
    """Whether the row acted on named the other in this field before."""
    if row is None:
        return False
    field: Any = next((found for found in row._meta.get_fields() if found.name == name), None)
    if field is None or not field.is_relation or not isinstance(other, field.related_model):
        return False
    if field.many_to_many:
        return getattr(row, name).filter(pk=other.pk).exists()
    return getattr(row, field.attname, None) == other.pk
