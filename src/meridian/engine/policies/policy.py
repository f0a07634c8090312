"""A policy turns an actor and an action into the rows concerned, as a condition in SQL."""

from collections.abc import Mapping
from typing import Any, ClassVar, final

from django.db.models import Model, Q

from meridian.engine.policies.actor import Actor

NOBODY = Q(pk__in=())


def permission_code(model: type[Model], action: str) -> str:
    """`library.book.change`: module, noun and verb."""
    return f"{model._meta.app_label}.{model._meta.model_name}.{action}"


class Policy:
    """Who may see and do what to the rows of one model.

    `unit` is the look-up from a row to the path of its unit (`"desk__unit__path"`); empty
    when rows belong to no unit, and then only grants held everywhere count.
    `everyone` names the actions that any signed-in account may do to every row, `public`
    those that need no account. `own(actor, action)` may add the actor's own rows. Rows that name
    an account are that account's alone (`OwnPolicy`) unless `others_keep` says why not.
    `inner` is the action that shows what is kept inside of a row, such as internal files.
    `narrower` maps an action that only narrows another to it: the permission is the other's.

    What a change may do to rights is said here too and held by every command:
    `leaving` names the actions that by nature may put a row out of the actor's own reach, such
    as giving work to another team; after any other the actor must still be able to do it again.
    `confers` maps a reference by which its row comes into somebody's charge to the action that
    the actor must be allowed to do to that row already; any other referred row need only be seen.
    `fixed` are fields that don't change once the row is made: who gave, and to whom.
    `gained(actor, action)` are the rows by which the actor gains rights: nobody makes those for themself.

    A policy changes `rows`, never `scope`: that an action is asked of somebody known, and that
    a token's scopes hold, is decided there once for all of them.
    """

    unit: str = ""
    everyone: frozenset[str] = frozenset()
    public: frozenset[str] = frozenset()
    others_keep: str = ""
    narrower: ClassVar[Mapping[str, str]] = {}
    leaving: frozenset[str] = frozenset()
    confers: ClassVar[Mapping[str, str]] = {}
    fixed: tuple[str, ...] = ()
    inner: str = "view"
    model: type[Model]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        sealed = {"scope", "may"} & set(vars(cls))
        if sealed:
            raise TypeError(
                f"{cls.__name__} may not override {sorted(sealed)}: give `rows` or `own` instead."
            )

    def __init__(self, model: type[Model]) -> None:
        self.model = model

    @final
    def scope(self, actor: Actor, action: str) -> Q:
        """The condition that rows meet for this actor and action; `NOBODY` for none."""
        if action in self.public:
            return Q()
        if not actor.known or not actor.in_scope(self.code(action)):
            return NOBODY
        return self.rows(actor, action)

    @final
    def may(self, actor: Actor, action: str) -> bool:
        """Whether the actor may do this to any row at all: draws buttons and menus."""
        return self.scope(actor, action) != NOBODY

    def rows(self, actor: Actor, action: str) -> Q:
        """The rows for somebody known whose token, if it is one, has the action in its scopes."""
        if action in self.everyone:
            return Q()
        paths = actor.unit_paths(self.code(action))
        if "" in paths:
            return Q()
        condition = self.own(actor, action) if actor.person_id or actor.account_id else NOBODY
        if self.unit:
            for path in paths:
                condition |= self.at(path)
        return condition

    def at(self, path: str) -> Q:
        """Rows at a unit and below it."""
        return Q(**{f"{self.unit}__startswith": path})

    def own(self, actor: Actor, action: str) -> Q:
        """Rows that are the actor's by themselves, without any grant."""
        return NOBODY

    def gained(self, actor: Actor, action: str) -> Q:
        """Rows by which the actor would gain rights if the action made them what they are."""
        return NOBODY

    def code(self, action: str) -> str:
        """The permission that an action needs."""
        return permission_code(self.model, self.narrower.get(action, action))

    def place(self) -> str:
        """The field that puts a row into the charge of a unit; empty when there is none."""
        return self.unit.split("__")[0]


_policies: dict[type[Model], Policy] = {}


def register_policy(model: type[Model], policy: type[Policy] = Policy) -> None:
    """Bind the policy of a model; a second binding is a fault of the house."""
    if model in _policies:
        raise RuntimeError(f"{model._meta.label} has two policies.")
    _policies[model] = policy(model)


def forget_policies() -> None:
    """Forget every policy, before those of all resources are bound anew."""
    _policies.clear()


def policy_of(model: type[Model]) -> Policy:
    """The policy of a model; a model without one is closed: `LookupError`."""
    try:
        return _policies[model._meta.concrete_model or model]
    except KeyError:
        raise LookupError(f"{model._meta.label} has no policy: declare a resource for it.") from None


def permitted(model: type[Model], actor: Actor, action: str) -> Q:
    return policy_of(model).scope(actor, action)


def describe(model: type[Model]) -> dict[str, Any]:
    """What the rights matrix of the documentation prints of a policy."""
    policy = policy_of(model)
    return {
        "model": model._meta.label_lower,
        "unit": policy.unit,
        "everyone": sorted(policy.everyone),
        "public": sorted(policy.public),
        "own": type(policy).own is not Policy.own,
        "derived": type(policy).rows is not Policy.rows,
        "confers": dict(policy.confers),
        "fixed": sorted(policy.fixed),
        "leaving": sorted(policy.leaving),
        "not_to_oneself": type(policy).gained is not Policy.gained,
    }
