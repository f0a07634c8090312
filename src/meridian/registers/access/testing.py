"""Accounts in tests."""

import datetime

from meridian.registers.access.models import Account, Role, Token

FACTORIES = {
    Account: {"username": lambda number: f"account{number}", "password": "!"},
    Role: {"permissions": ["places"]},
    Token: {"expires_at": datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC), "digest": lambda number: f"{number:064d}"},
}
