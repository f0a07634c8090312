"""Accounts from the shell: how a house gets its first operator."""

import click
from django.conf import settings
from django.db import transaction

from meridian.engine.console import needs_database
from meridian.engine.policies import system_actor
from meridian.engine.translation import Translations
from meridian.kernel.console import Fault, json_option, not_known, print_json
from meridian.registers.access.commands import add_account, add_holding, add_role
from meridian.registers.access.contracts import (
    OPERATOR_CODE,
    OPERATOR_NAMES,
    OPERATOR_PERMISSIONS,
    PersonKind,
)
from meridian.registers.access.models import Account, Role
from meridian.registers.access.queries import password_link

SHELL = system_actor("meridian account")


@click.command()
@click.argument("name")
@click.option("--email", required=True, help="Where the account's mail goes.")
@click.option("--role", default="", help="A role to hold everywhere, such as operator.")
@click.option("--language", default="en", show_default=True, type=click.Choice(list(OPERATOR_NAMES)))
@json_option
@needs_database
def create(name: str, email: str, role: str, language: str, as_json: bool) -> None:
    """Add an account, and print the link at which its owner chooses a password once."""
    if Account.objects.filter(username__iexact=name).exists():
        raise Fault(
            f"There is an account {name} already.", f"`meridian account link {name}` prints a new link."
        )
    with transaction.atomic():
        account = add_account(actor=SHELL, username=name, email=email, language=language)
        if role:
            add_holding(actor=SHELL, account=account, role=_role(role))
    _print_link(account, as_json)


@click.command()
@click.argument("name")
@json_option
@needs_database
def link(name: str, as_json: bool) -> None:
    """Print a new link at which an account's owner chooses a password once."""
    account = Account.objects.filter(username__iexact=name, is_active=True).first()
    if account is None:
        raise Fault(f"There is no open account {name}.", "`meridian account create` adds one.")
    _print_link(account, as_json)


def _role(code: str) -> Role:
    """The role of that code; the operator's is made where the house has none yet."""
    known = {role.code: role for role in Role.objects.all()}
    if code in known:
        return known[code]
    if code == OPERATOR_CODE:
        names = Translations(OPERATOR_NAMES)
        return add_role(
            actor=SHELL,
            code=code,
            name=names,
            kind=PersonKind.OPERATOR,
            permissions=list(OPERATOR_PERMISSIONS),
        )
    raise not_known("role", code, {*known, OPERATOR_CODE})


def _print_link(account: Account, as_json: bool) -> None:
    address, hours = password_link(account), settings.PASSWORD_RESET_TIMEOUT // 3600
    if as_json:
        print_json({"username": account.username, "link": address, "hours": hours})
        return
    click.echo(f"{account.username} chooses a password here, once and within {hours} hours:\n{address}")


VERBS = {"account create": create, "account link": link}
