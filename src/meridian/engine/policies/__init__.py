"""Who may do what to which rows: one question, asked by every read and every write."""

from meridian.engine.policies.actor import ANONYMOUS, Actor, Grant, contains, system_actor
from meridian.engine.policies.made import by_unit, everywhere, own
from meridian.engine.policies.own import OwnPolicy
from meridian.engine.policies.policy import NOBODY, Policy, permission_code, policy_of, register_policy
from meridian.engine.policies.request import Request

__all__ = [
    "ANONYMOUS",
    "NOBODY",
    "Actor",
    "Grant",
    "OwnPolicy",
    "Policy",
    "Request",
    "by_unit",
    "contains",
    "everywhere",
    "own",
    "permission_code",
    "policy_of",
    "register_policy",
    "system_actor",
]
