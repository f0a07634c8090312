"""Keeping accounts, roles and who holds them."""

from typing import Any

from meridian.engine.commands import clean_row, command, standard_commands
from meridian.engine.policies import Actor
from meridian.registers.access.models import Account, Holding, Role

add_role, change_role, remove_role = standard_commands(Role)
add_holding, change_holding, remove_holding = standard_commands(Holding)


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
