"""An account's rights as they stand now."""

from django.db.models import Q
from django.utils import timezone

from meridian.engine.policies import ANONYMOUS, Actor, Grant
from meridian.registers.access.models import Account, Holding, Token
from meridian.registers.access.rules import PREFIX, digest_of


def actor_of(account: Account, scopes: frozenset[str] | None = None) -> Actor:
    """The actor that an account is: its roles of today at their units, in one statement.

    `scopes` narrows it to what an API token may do. An inactive account is nobody.
    """
    if not account.is_active:
        return ANONYMOUS
    now = timezone.now()
    current = Q(ends_at__isnull=True) | Q(ends_at__gt=now)
    held = Holding.objects.filter(current, account=account, starts_at__lte=now)
    grants = tuple(
        Grant(frozenset(permissions), path or "")
        for permissions, path in held.values_list("role__permissions", "unit__path")
    )
    return Actor(account.pk, account.person_id, account.username, grants, scopes)


def actor_of_token(secret: str) -> Actor:
    """The actor behind an API token; nobody when it is unknown, expired or revoked."""
    if not secret.startswith(PREFIX):
        return ANONYMOUS
    tokens = Token.objects.filter(
        digest=digest_of(secret), revoked_at__isnull=True, expires_at__gt=timezone.now()
    )
    token = tokens.select_related("account").first()
    return ANONYMOUS if token is None else actor_of(token.account, frozenset(token.scopes))
