"""What accounts give to the mechanisms of the house."""

from django.utils import timezone

from meridian.engine.policies import ANONYMOUS, Actor
from meridian.registers.access.models import Account, Token
from meridian.registers.access.queries import actor_of


def actor_again(account_id: int, scopes: frozenset[str] | None) -> Actor:
    """Whoever asked for long work, with the rights of now; nobody when the account or the token has ended."""
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        return ANONYMOUS
    if scopes is not None:
        living = Token.objects.filter(account=account, revoked_at=None, expires_at__gt=timezone.now())
        if scopes not in map(frozenset, living.values_list("scopes", flat=True)):
            return ANONYMOUS
    return actor_of(account, scopes)
