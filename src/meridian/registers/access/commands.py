"""Keeping accounts, roles, who holds them, and API tokens."""

import datetime
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, Unconfirmed, Unpermitted, Warned, clean_row, command, write_row
from meridian.engine.policies import Actor, Grant, contains
from meridian.registers.access.models import Account, Holding, Role, Token
from meridian.registers.access.queries import grants_of
from meridian.registers.access.rules import digest_of, new_secret

LONGEST_TOKEN_LIFE = datetime.timedelta(days=366)
OWN_FIELDS = frozenset({"language", "zone", "theme", "first_page"})


@command("access.account.add", on=Account)
def add_account(*, actor: Actor, password: str = "", **fields: Any) -> Account:
    """Add an account; without a password it can sign in only by another way.

    Whom others let act for them brings that along: it must be the actor's to give.
    """
    account = Account(**fields)
    if password:
        account.set_password(password)
    else:
        account.set_unusable_password()
    clean_row(account)
    account.save()
    _refuse_mightier(actor, account)
    return account


@command("access.account.change", on=Account, target="row")
def change_account(*, actor: Actor, row: Account, **fields: Any) -> Account:
    """Change an account's particulars.

    Whoever changes where a new password is sent, or whose the account is, could sign in as it:
    for that the actor must hold all that the account holds, before and after.
    """
    if all(getattr(row, name) == value for name, value in fields.items() if name not in OWN_FIELDS):
        return write_row(row, fields)
    _refuse_mightier(actor, row)
    write_row(row, fields)
    _refuse_mightier(actor, row)
    return row


@command("access.account.prefer", on=Account, target="row", title=_("choose how it reads"))
def prefer(*, actor: Actor, row: Account, **fields: Any) -> Account:
    """Change how one's own account reads: language, zone, theme and whose first page it is."""
    if set(fields) - OWN_FIELDS:
        raise Refusal(
            _("Only the language, the time zone, the appearance and the first page are yours to change.")
        )
    if fields.get("first_page", "") not in ("", *actor.kinds):
        raise Refusal(_("None of your roles has this first page: choose one of yours."), "first_page")
    for name, value in fields.items():
        setattr(row, name, value)
    clean_row(row)
    row.save()
    return row


@command("access.role.add", on=Role)
def add_role(*, actor: Actor, **fields: Any) -> Role:
    """Name a set of permissions; whoever gives it to somebody must hold them."""
    return write_row(Role(), fields)


@command("access.role.change", on=Role, target="row")
def change_role(*, actor: Actor, row: Role, **fields: Any) -> Role:
    """Change a role. It gets wider only by one who may give what it gains wherever it is held."""
    earlier = tuple(row.permissions)
    write_row(row, fields)
    gained = {asked for asked in row.permissions if not any(contains(held, asked) for held in earlier)}
    _refuse_widening(actor, row, frozenset(gained))
    return row


@command("access.role.remove", on=Role, target="row")
def remove_role(*, actor: Actor, row: Role) -> None:
    """Remove a role that nobody holds."""
    row.delete()


@command("access.holding.add", on=Holding)
def add_holding(*, actor: Actor, **fields: Any) -> Holding:
    """Give a role to an account: no more than the actor holds, nowhere else, and not for longer."""
    row = write_row(Holding(), fields)
    _refuse_wider(actor, row)
    return row


@command("access.holding.change", on=Holding, target="row")
def change_holding(*, actor: Actor, row: Holding, **fields: Any) -> Holding:
    """Change a role's unit or its dates, within what the actor holds; whose it is stays."""
    write_row(row, fields)
    _refuse_wider(actor, row)
    return row


@command("access.holding.remove", on=Holding, target="row")
def remove_holding(*, actor: Actor, row: Holding) -> None:
    """Take a role away."""
    row.delete()


@command("access.account.choose_password", on=Account, target="row", title=_("give a new password"))
def choose_password(*, actor: Actor, row: Account, password: str) -> Account:
    """Give one's own account a new password. Its sessions and tokens end: the old may be known."""
    row.set_password(password)
    row.save()
    for token in Token.objects.select_for_update().filter(account=row, revoked_at__isnull=True):
        token.revoked_at = timezone.now()
        token.save()
    return row


@command("access.token.add", on=Token)
def add_token(*, actor: Actor, name: str, scopes: list[str], expires_at: datetime.datetime) -> Token:
    """Make a token for the actor's own account; its `secret` attribute is never stored."""
    if not actor.confirmed:
        raise Unconfirmed(_("Give your password again before you make a token."))
    if not timezone.now() < expires_at <= timezone.now() + LONGEST_TOKEN_LIFE:
        raise Refusal(_("A token lives at most a year: choose an earlier day in the future."), "expires_at")
    secret = new_secret()
    token = Token(
        account_id=actor.own_account_id,
        name=name,
        scopes=scopes,
        expires_at=expires_at,
        digest=digest_of(secret),
        begun_in_demo=not settings.REFUSED_PASSWORDS,
    )
    clean_row(token)
    token.save()
    token.secret = secret
    return token


def _warn_of_revoking(rows: list[Token], _given: Any) -> Warned:
    name = ", ".join(row.name for row in rows)
    return Warned(
        title=_("Revoke the token “%(name)s”?") % {"name": name},
        does=(_("Every program that uses it is refused from this moment on."),),
        lost=_("A revoked token can't be made valid again."),
        button=_("Revoke"),
        done=_("“%(name)s” is revoked. Make a new token for programs that still need one.") % {"name": name},
    )


@command("access.token.revoke", on=Token, target="row", warns=_warn_of_revoking)
def revoke_token(*, actor: Actor, row: Token) -> Token:
    """End a token at once."""
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save()
    return row


def _refuse_mightier(actor: Actor, account: Account) -> None:
    """Who may sign in as whom is decided only by one who could give all that the account has or will have."""
    forever = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    if not all(actor.may_give(grant) for grant in grants_of(account, until=forever)):
        raise Unpermitted(
            _(
                "This account holds more than you do, so you can't decide who signs in with it."
                " Ask somebody who holds as much."
            )
        )


def _refuse_wider(actor: Actor, holding: Holding) -> None:
    """A role is given by one who holds all of it there, and no longer than they hold it themselves."""
    rows = Holding.objects.filter(pk=holding.pk)
    # Read anew: a role that was being widened meanwhile has waited for this row, or this row for it.
    permissions, path, until = rows.values_list("role__permissions", "unit__path", "ends_at").get()
    grant = Grant(frozenset(permissions), path or "", until)
    if actor.may_give(grant):
        return
    as_long = [replace(grant, until=held.until) for held in actor.grants]
    if any(map(actor.may_give, as_long)):
        raise Unpermitted(
            _("You hold this role's permissions for a shorter time: give it until then."), "ends_at"
        )
    elsewhere = [replace(grant, unit_path=held.unit_path, until=held.until) for held in actor.grants]
    if any(map(actor.may_give, elsewhere)):
        raise Unpermitted(
            _("You don't hold this role's permissions at that unit, so you can't give them there."), "unit"
        )
    raise Unpermitted(
        _("This role allows more than you hold yourself, so you can't give it. Ask somebody who holds it."),
        "role",
    )


def _refuse_widening(actor: Actor, role: Role, gained: frozenset[str]) -> None:
    """What a role gains, everybody gains who holds it."""
    held = Holding.objects.filter(role=role).exclude(ends_at__lte=timezone.now())
    for path, until in set(held.values_list("unit__path", "ends_at")):
        if not actor.may_give(Grant(gained, path or "", until)):
            raise Unpermitted(
                _(
                    "This role is held by people who would gain more than you may give them:"
                    " leave out what you don't hold everywhere that the role is held."
                ),
                "permissions",
            )
