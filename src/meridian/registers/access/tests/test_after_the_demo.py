"""What was made while the demo ran opens nothing once it doesn't: tokens and passkeys, as sessions."""

from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from house.factory import make

from meridian.engine.policies import ANONYMOUS
from meridian.registers.access.commands import add_token
from meridian.registers.access.deeds import listen
from meridian.registers.access.models import Account
from meridian.registers.access.queries import actor_of, actor_of_token

pytestmark = pytest.mark.django_db


def test_a_token_made_in_the_demo_ends_with_it_and_one_made_before_does_not(settings):
    account = make(Account, username="agent", person=None)
    actor = replace(actor_of(account), confirmed=True)
    facts = {"scopes": ["access.token.view"], "expires_at": timezone.now() + timedelta(days=9)}
    before = add_token(actor=actor, name="Before", **facts)
    refused, settings.REFUSED_PASSWORDS = settings.REFUSED_PASSWORDS, frozenset()
    during = add_token(actor=actor, name="During", **facts)
    assert [actor_of_token(token.secret).account_id for token in (before, during)] == [account.pk] * 2
    settings.REFUSED_PASSWORDS = refused
    assert [actor_of_token(token.secret).account_id for token in (before, during)] == [account.pk, None]


def test_a_passkey_made_in_the_demo_ends_with_it_and_one_made_before_does_not(settings, rf):
    account = make(Account, username="agent", person=None)
    listen()
    keys = {}
    refused = settings.REFUSED_PASSWORDS
    for name, passwords in (("before", refused), ("during", frozenset())):
        settings.REFUSED_PASSWORDS = passwords
        keys[name] = Authenticator.objects.create(user=account, type="webauthn", data={"name": name})
        authenticator_added.send(Authenticator, user=account, authenticator=keys[name])
    for passwords, opened in ((frozenset(), {"before", "during"}), (refused, {"before"})):
        settings.REFUSED_PASSWORDS = passwords
        for name, key in keys.items():
            answer = _signing_in(rf, account, key)
            assert (answer is None) == (name in opened), name
            if answer is not None:
                assert (answer.status_code, b"ended with it" in answer.content) == (403, True)


def _signing_in(rf, account, key):
    """What the house answers to whoever has proven that they hold the passkey; None lets them in."""
    request = rf.get("/account/login/")
    request.user, request.actor, request.session = AnonymousUser(), ANONYMOUS, SessionStore()
    record_authentication(request, account, "mfa", id=key.pk, type=key.type, passwordless=True)
    nothing = {"signal_kwargs": None, "email": None, "signup": False, "redirect_url": None}
    return get_adapter().pre_login(request, account, email_verification="none", **nothing)
