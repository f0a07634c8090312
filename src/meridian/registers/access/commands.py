"""Keeping accounts, roles, who holds them, and API tokens."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, clean_row, command, standard_commands
from meridian.engine.policies import Actor
from meridian.registers.access.models import Account, Holding, Role, Token
from meridian.registers.access.rules import digest_of, new_secret

add_role, change_role, remove_role = standard_commands(Role)
add_holding, change_holding, remove_holding = standard_commands(Holding)

LONGEST_TOKEN_LIFE = datetime.timedelta(days=366)
OWN_FIELDS = frozenset({"language", "zone", "theme"})


@command("access.account.add", on=Account)
def add_account(*, actor: Actor, password: str = "", **fields: Any) -> Account:
    """Add an account; without a password it can sign in only by another way."""
    account = Account(**fields)
    if password:
        account.set_password(password)
    else:
        account.set_unusable_password()
    clean_row(account)
    account.save()
    return account


@command("access.account.change", on=Account, target="row")
def change_account(*, actor: Actor, row: Account, **fields: Any) -> Account:
    """Change an account's particulars."""
    for name, value in fields.items():
        setattr(row, name, value)
    clean_row(row)
    row.save()
    return row


@command("access.account.prefer", on=Account, target="row")
def prefer(*, actor: Actor, row: Account, **fields: Any) -> Account:
    """Change how one's own account reads: language, zone and theme only."""
    if set(fields) - OWN_FIELDS:
        raise Refusal(_("Only the language, the time zone and the appearance are yours to change."))
    for name, value in fields.items():
        setattr(row, name, value)
    clean_row(row)
    row.save()
    return row


@command("access.token.add", on=Token)
def add_token(*, actor: Actor, name: str, scopes: list[str], expires_at: datetime.datetime) -> Token:
    """Make a token for the actor's own account; its `secret` attribute is never stored."""
    if not timezone.now() < expires_at <= timezone.now() + LONGEST_TOKEN_LIFE:
        raise Refusal(_("A token lives at most a year: choose an earlier day in the future."), "expires_at")
    secret = new_secret()
    token = Token(
        account_id=actor.account_id, name=name, scopes=scopes, expires_at=expires_at, digest=digest_of(secret)
    )
    clean_row(token)
    token.save()
    token.secret = secret
    return token


@command("access.token.revoke", on=Token, target="row")
def revoke_token(*, actor: Actor, row: Token) -> Token:
    """End a token at once."""
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save()
    return row
