"""Signing in without the form: a session's cookie and an API token, made in the database."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone

from meridian.engine.audit import trail
from meridian.engine.policies import system_actor
from meridian.registers.access.commands import add_token
from meridian.registers.access.models import Account, Holding, Role
from meridian.registers.access.queries import actor_of

CSRF_SECRET = "b" * 32


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody signed in: the Cookie header of a browser, and the Authorization header of a program."""

    username: str
    cookie: str
    bearer: str

    def client(self) -> Client:
        """The same visitor for requests inside of this process."""
        client = Client(HTTP_HOST="127.0.0.1", HTTP_ACCEPT_ENCODING="gzip", HTTP_COOKIE=self.cookie)
        client.cookies.load(self.cookie)
        return client


def signed_in(username: str) -> Visitor:
    """A session and a token of the account."""
    account = Account.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    cookie = (
        f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={CSRF_SECRET}"
    )
    ends = timezone.now() + datetime.timedelta(days=30)
    token = add_token(actor=actor_of(account), name="Bench", scopes=["*"], expires_at=ends)
    return Visitor(username, cookie, token.secret)


def make_account(username: str, person: int | None, permissions: Sequence[str]) -> None:
    """An account of a person that holds these permissions everywhere."""
    with trail.entry("access.account.add", system_actor("Bench")):
        account = Account.objects.create(username=username, password="!", person_id=person)
        if permissions:
            role = Role.objects.create(code=username, name={"en": username}, permissions=list(permissions))
            Holding.objects.create(account=account, role=role, starts_at=timezone.now())
