"""The five people of the house test."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from house.factory import MAKER, make
from meridian.registers.access.models import Account, Holding, Role
from meridian.registers.organisation.commands import add_unit


@dataclass
class Stage:
    """Two units beside each other, and who acts there."""

    here: Any
    elsewhere: Any
    clients: dict[str, Client]
    accounts: dict[str, Account]


def stage() -> Stage:
    """`right` holds everything at the unit `here` and `lord` everywhere, `elsewhere` at another
    unit; `auditor` reads everywhere; `stranger` holds nothing; `anonymous` is not signed in."""
    here, elsewhere = (
        add_unit(actor=MAKER, code=f"U{n}", name={"en": f"Unit {n}"}, starts_on="2020-01-01") for n in (1, 2)
    )
    rights = {
        "stranger": None,
        "elsewhere": (["*"], elsewhere),
        "right": (["*"], here),
        "lord": (["*"], None),
        "auditor": (["*.*.view", "*.*.export"], None),
    }
    accounts = {name: _account(name, held) for name, held in rights.items()}
    clients = {name: signed_in(account) for name, account in accounts.items()}
    return Stage(here, elsewhere, clients | {"anonymous": Client()}, accounts)


def _account(name: str, held: Any) -> Account:
    account = make(Account, username=name, person=None)
    if held:
        role = make(Role, code=f"role-{name}", permissions=held[0])
        make(Holding, account=account, role=role, unit=held[1], starts_at="2020-01-01T00:00Z")
    return account


def signed_in(account: Account) -> Client:
    """A client with a session of the account."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client
