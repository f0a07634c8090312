"""Accounts in tests."""

import datetime

from meridian.registers.access.models import Account, Holding, Role, Token
from meridian.registers.organisation.testing import Unit
from meridian.registers.people.testing import Person


def make_account(make, number, **values):
    """An account of a person, unless `person` is given as None."""
    given = {"username": f"account{number}", "password": "!"} | values
    if "person" not in given:
        given["person"] = make(Person)
    account = Account(**given)
    account.save()
    return account


def make_holding(make, number, **values):
    """A role held at a unit, unless `unit` is given as None."""
    given = {"account": None, "role": None} | values
    given["account"] = given["account"] or make(Account)
    given["role"] = given["role"] or make(Role)
    if "unit" not in given:
        given["unit"] = make(Unit)
    holding = Holding(**given)
    holding.save()
    return holding


FACTORIES = {
    Account: make_account,
    Holding: make_holding,
    Role: {"permissions": ["places"]},
    Token: {
        "expires_at": datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC),
        "digest": lambda number: f"{number:064d}",
    },
}
