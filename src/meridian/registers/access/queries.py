"""An account's rights as they stand now."""

from django.db.models import Q
from django.utils import timezone

from meridian.engine.policies import ANONYMOUS, Actor, Grant
from meridian.registers.access.models import Account, Holding


def actor_of(account: Account, scopes: frozenset[str] | None = None) -> Actor:
    """The actor that an account is: its roles of today at their units, in one statement.

    `scopes` narrows it to what an API token may do. An inactive account is nobody.
    """
    if not account.is_active:
        return ANONYMOUS
    now = timezone.now()
    held = Holding.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), account=account, starts_at__lte=now)
    grants = tuple(
        Grant(frozenset(permissions), path or "")
        for permissions, path in held.values_list("role__permissions", "unit__path")
    )
    return Actor(account.pk, account.person_id, account.username, grants, scopes)
