"""An account's rights as they stand now."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, Q, QuerySet, Value
from django.utils import timezone

from meridian.engine.policies import ANONYMOUS, Actor, Grant
from meridian.registers.access.models import Account, Holding, Token
from meridian.registers.access.rules import PREFIX, digest_of

PATTERNS = ArrayField(CharField())


def actor_of(account: Account, scopes: frozenset[str] | None = None) -> Actor:
    """The actor that an account is: its roles of today at their units, in one statement.

    To them comes what others delegate to its person today, as far as they hold it themselves;
    what was delegated to them is not passed on. `scopes` narrows it to what an API token may
    do. An inactive account is nobody.
    """
    if not account.is_active:
        return ANONYMOUS
    now = timezone.now()
    running = Holding.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now), starts_at__lte=now)
    held = _read(running.filter(account=account), Value(None, output_field=PATTERNS))
    if account.person_id is not None:
        delegated = running.filter(
            account__is_active=True,
            account__person__delegations_given__taker=account.person_id,
            account__person__delegations_given__starts_at__lte=now,
            account__person__delegations_given__ends_at__gt=now,
        )
        held = held.union(_read(delegated, F("account__person__delegations_given__permissions")), all=True)
    grants = tuple(
        grant if limits is None else grant.limited_to(limits)
        for permissions, path, limits in held
        for grant in (Grant(frozenset(permissions), path or ""),)
    )
    return Actor(account.pk, account.person_id, account.username, grants, scopes)


def _read(holdings: QuerySet, limits: Value | F) -> QuerySet:
    """(permissions, unit path, delegated patterns or None) of each holding."""
    return holdings.annotate(limits=limits).values_list("role__permissions", "unit__path", "limits")


def actor_of_token(secret: str) -> Actor:
    """The actor behind an API token; nobody when it is unknown, expired or revoked."""
    if not secret.startswith(PREFIX):
        return ANONYMOUS
    tokens = Token.objects.filter(
        digest=digest_of(secret), revoked_at__isnull=True, expires_at__gt=timezone.now()
    )
    token = tokens.select_related("account").first()
    return ANONYMOUS if token is None else actor_of(token.account, frozenset(token.scopes))
