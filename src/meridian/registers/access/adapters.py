"""What the sign-in library may decide: accounts are given, never taken."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class ClosedAccounts(DefaultAccountAdapter):
    """Nobody signs up: whoever administers accounts adds them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class KnownPeople(DefaultSocialAccountAdapter):
    """Single sign-on opens the account with the same verified address, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
