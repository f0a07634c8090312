"""What the sign-in library may decide: accounts are given, never taken."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from meridian.engine.audit import trail
from meridian.registers.access.queries import actor_of


class ClosedAccounts(DefaultAccountAdapter):
    """Nobody signs up: whoever administers accounts adds them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        """Let somebody in who has proven who it is; the entry names the account."""
        with trail.entry("access.account.sign_in", actor_of(user)):
            super().login(request, user)

    def set_password(self, user: Any, password: str) -> None:
        """Give a new password, also to somebody who came by a mailed link."""
        with trail.entry("access.account.set_password", actor_of(user)):
            super().set_password(user, password)


class KnownPeople(DefaultSocialAccountAdapter):
    """Single sign-on opens the account with the same verified address, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
