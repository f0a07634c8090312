"""Proving a password: the same work whoever is named, so that nobody learns from it who has an account."""

import functools
import secrets
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.hashers import check_password, is_password_usable, make_password
from django.http import HttpRequest

from meridian.registers.access.models import Account
from meridian.registers.access.queries import account_of, account_with_rights


class OneLook(AuthenticationBackend):
    """One look for the account by name or address, and one digest: its own, or one that fits nothing."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Account | None:
        typed = str(credentials.get("email") or credentials.get("username") or "").strip()
        password = str(credentials.get("password") or "")
        nothing = _digest_of_nothing(settings.PASSWORD_HASHERS[0])
        account = account_of(typed)
        if account is None or not account.password or not is_password_usable(account.password):
            check_password(password, nothing)
            return None
        right = account.check_password(password)
        return account if right and password not in settings.REFUSED_PASSWORDS else None

    def get_user(self, user_id: Any) -> Account | None:
        """Whose session it is, with its rights: every request asks for both."""
        account = account_with_rights(user_id)
        return account if account is not None and self.user_can_authenticate(account) else None


@functools.cache
def _digest_of_nothing(_hasher: str) -> str:
    """The digest of a password that nobody has, made as every other is."""
    return make_password(secrets.token_urlsafe(32))
