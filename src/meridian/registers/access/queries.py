"""An account's rights as they stand now."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import connection
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from meridian.engine.policies import ANONYMOUS, Actor, Grant
from meridian.registers.access.contracts import PersonKind
from meridian.registers.access.models import Account, Holding, Token
from meridian.registers.access.rules import PREFIX, digest_of

# Asked on every request: the query builder takes ten times as long to put it together.
HELD = """
SELECT role.kind, role.permissions, unit.path, holding.ends_at, NULL::varchar[] AS limits
FROM access_holding AS holding
JOIN access_role AS role ON role.id = holding.role_id
LEFT JOIN organisation_unit AS unit ON unit.id = holding.unit_id
WHERE holding.account_id = {account}
  AND holding.starts_at <= %(begun)s AND (holding.ends_at IS NULL OR holding.ends_at > %(now)s)
UNION ALL
SELECT role.kind, role.permissions, unit.path,
  LEAST(holding.ends_at, delegation.ends_at), delegation.permissions
FROM people_delegation AS delegation
JOIN access_account AS giver ON giver.person_id = delegation.giver_id AND giver.is_active
JOIN access_holding AS holding ON holding.account_id = giver.id
JOIN access_role AS role ON role.id = holding.role_id
LEFT JOIN organisation_unit AS unit ON unit.id = holding.unit_id
WHERE delegation.taker_id = {person}
  AND delegation.starts_at <= %(begun)s AND delegation.ends_at > %(now)s
  AND holding.starts_at <= %(begun)s AND (holding.ends_at IS NULL OR holding.ends_at > %(now)s)
"""
OF_A_PARAMETER = HELD.format(account="%(account)s", person="%(person)s")
OF_A_ROW = HELD.format(account="access_account.id", person="access_account.person_id")
ALONG = f"""
SELECT access_account.*, (
  SELECT jsonb_agg(jsonb_build_array(held.kind, held.permissions, held.path, held.ends_at, held.limits))
  FROM ({OF_A_ROW}) AS held
) AS held_now
FROM access_account WHERE id = %(account)s
"""  # noqa: S608 (both texts are of this file)


def grants_of(account: Account, *, until: datetime | None = None) -> tuple[Grant, ...]:
    """What an account holds now, in one statement; with `until` whatever it will have held by then.

    To its roles at their units comes what others delegate to its person, as far as they hold it
    themselves; what was delegated to them is not passed on.
    """
    return tuple(grant for _kind, grant in _held(account, until))


def account_with_rights(key: Any) -> Account | None:
    """An account and in the same statement what it holds now, for the one `actor_of` that follows."""
    now = timezone.now()
    found = next(iter(Account.objects.raw(ALONG, {"account": key, "now": now, "begun": now})), None)
    if found is not None:
        found.held_now = [
            (*row[:3], row[3] and datetime.fromisoformat(row[3]), row[4])
            for row in json.loads(found.held_now or "[]")
        ]
    return found


def _held(account: Account, until: datetime | None = None) -> list[tuple[str, Grant]]:
    """What each role gives, with the kind of person that the role makes."""
    now = timezone.now()
    known = {"account": account.pk, "person": account.person_id, "now": now, "begun": until or now}
    with connection.cursor() as cursor:
        cursor.execute(OF_A_PARAMETER, known)
        return _granted(cursor.fetchall())


def _granted(rows: Iterable[tuple[Any, ...]]) -> list[tuple[str, Grant]]:
    return [
        (kind, grant if limits is None else grant.limited_to(limits))
        for kind, permissions, path, ends_at, limits in rows
        for grant in (Grant(frozenset(permissions), path or "", ends_at, limits is not None),)
    ]


def _kinds(account: Account, held: list[tuple[str, Grant]]) -> tuple[str, ...]:
    """The kinds of person that an account is: the chosen one first, and staff as everybody is."""
    found = {kind for kind, _grant in held} | {PersonKind.STAFF.value}
    return tuple(sorted(found, key=lambda kind: (kind != account.first_page, PersonKind.values.index(kind))))


def actor_of(account: Account, scopes: frozenset[str] | None = None) -> Actor:
    """The actor that an account is, with what it holds today; an inactive account is nobody.

    `scopes` narrows it to what an API token may do.
    """
    if not account.is_active:
        return ANONYMOUS
    # Told with the account, they are of this moment; whoever asks again is told anew.
    along, account.held_now = account.held_now, None
    held = _held(account) if along is None else _granted(along)
    grants = tuple(grant for _kind, grant in held)
    return Actor(account.pk, account.person_id, account.username, grants, scopes, kinds=_kinds(account, held))


def actor_of_token(secret: str) -> Actor:
    """The actor behind an API token; nobody when it is unknown, expired, revoked or ended with the demo."""
    if not secret.startswith(PREFIX):
        return ANONYMOUS
    tokens = Token.objects.filter(
        digest=digest_of(secret), revoked_at__isnull=True, expires_at__gt=timezone.now()
    )
    if settings.REFUSED_PASSWORDS:
        tokens = tokens.filter(begun_in_demo=False)
    token = tokens.select_related("account").first()
    return ANONYMOUS if token is None else actor_of(token.account, frozenset(token.scopes))


def account_ids_of(person_ids: Iterable[int | None]) -> set[int]:
    """The active accounts of these people; None and people without an account are left out."""
    wanted = {person for person in person_ids if person is not None}
    return set(Account.objects.filter(person__in=wanted, is_active=True).values_list("pk", flat=True))


def actors_named(usernames: Iterable[str]) -> list[Actor]:
    """The actors of the active accounts of people with these user names, however they are capitalised."""
    named = Q(pk__in=())
    for username in usernames:
        named |= Q(username__iexact=username)
    return [actor_of(account) for account in Account.objects.filter(named, person__isnull=False)]


def holders_of(code: str, unit_path: str) -> set[int]:
    """The active accounts that hold the permission at this unit by a role, or everywhere."""
    now = timezone.now()
    current = Holding.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)
    rows = current.filter(account__is_active=True).values_list("account", "role__permissions", "unit__path")
    return {
        account
        for account, permissions, path in rows
        if unit_path.startswith(path or "") and Grant(frozenset(permissions)).covers(code)
    }


def nearest_of_kind(kind: str, unit_path: str) -> list[set[int]]:
    """People whose role makes them this kind of person at the unit or above it, the nearest unit first."""
    now = timezone.now()
    current = Holding.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)
    rows = current.filter(
        account__is_active=True, account__person__isnull=False, role__kind=kind, unit__isnull=False
    ).values_list("unit__path", "account__person")
    found: dict[str, set[int]] = {}
    for path, person in rows:
        if unit_path.startswith(path):
            found.setdefault(path, set()).add(person)
    return [found[path] for path in sorted(found, key=len, reverse=True)]


def people_of(account_ids: Iterable[int]) -> set[int]:
    """The people to whom these accounts belong."""
    rows = Account.objects.filter(pk__in=account_ids, person__isnull=False)
    return set(rows.values_list("person", flat=True))


def account_of(typed: str) -> Account | None:
    """The open account of that name, or else of that address: one statement whether there is one or not."""
    asked = "\n" if not typed or "\0" in typed else typed
    found = Account.objects.filter(Q(username__iexact=asked) | Q(email__iexact=asked), is_active=True)[:2]
    return min(found, key=lambda account: account.username.casefold() != asked.casefold(), default=None)


def password_link(account: Account) -> str:
    """The address at which the account's owner chooses a password: once, within PASSWORD_RESET_TIMEOUT."""
    key = default_token_generator.make_token(account)
    place = {"uidb36": user_pk_to_url_str(account), "key": key}
    return settings.PUBLIC_ORIGIN + reverse("account_reset_password_from_key", kwargs=place)
