"""A policy turns an actor and an action into the rows concerned, as a condition in SQL."""

from typing import Any

from django.db.models import Model, Q

from meridian.engine.policies.actor import Actor

NOBODY = Q(pk__in=())

READING = ("view", "export")


def permission_code(model: type[Model], action: str) -> str:
    """`places.site.change`: module, noun and verb."""
    return f"{model._meta.app_label}.{model._meta.model_name}.{action}"


class Policy:
    """Who may see and do what to the rows of one model.

    `unit` is the look-up from a row to the path of its unit (`"desk__unit__path"`); empty
    when rows belong to no unit, and then only grants held everywhere count.
    `everyone` names the actions that any signed-in account may do to every row, `public`
    those that need no account. `own(actor, action)` may add the actor's own rows. Rows that name
    an account are that account's alone (`OwnPolicy`) unless `others_keep` says why not.
    """

    unit: str = ""
    everyone: frozenset[str] = frozenset()
    public: frozenset[str] = frozenset()
    others_keep: str = ""
    model: type[Model]

    def __init__(self, model: type[Model]) -> None:
        self.model = model

    def own(self, actor: Actor, action: str) -> Q:
        """Rows that are the actor's by themselves, without any grant."""
        return NOBODY

    def scope(self, actor: Actor, action: str) -> Q:
        """The condition that rows meet for this actor and action; `NOBODY` for none."""
        if action in self.public:
            return Q()
        code = permission_code(self.model, action)
        if not actor.known or not actor.in_scope(code):
            return NOBODY
        if action in self.everyone:
            return Q()
        paths = actor.unit_paths(code)
        if "" in paths:
            return Q()
        condition = self.own(actor, action) if actor.person_id or actor.account_id else NOBODY
        if self.unit:
            for path in paths:
                condition |= Q(**{f"{self.unit}__startswith": path})
        return condition

    def may(self, actor: Actor, action: str) -> bool:
        """Whether the actor may do this to any row at all: draws buttons and menus."""
        return self.scope(actor, action) != NOBODY


_policies: dict[type[Model], Policy] = {}


def register_policy(model: type[Model], policy: type[Policy] = Policy) -> None:
    """Bind the policy of a model; a second binding is a fault of the house."""
    if model in _policies:
        raise RuntimeError(f"{model._meta.label} has two policies.")
    _policies[model] = policy(model)


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
    }
