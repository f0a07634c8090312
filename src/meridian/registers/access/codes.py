"""A code of an authenticator app is good for one step before and after its own, and once.

The library remembers a used code for one step only, which is shorter than the code is good for.
"""

from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.core.cache import cache


class _Once:
    """Refuses a code that was taken from this account while it is still good."""

    user: Any

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        good_for = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        key = f"meridian.code.{self.user.pk}.{normalize_user_code(code)}"
        if not cache.add(key, "used", timeout=good_for):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateOnce(_Once, AuthenticateForm):
    """Signing in."""


class ReauthenticateOnce(_Once, ReauthenticateForm):
    """Showing again that one is oneself."""


class ActivateOnce(_Once, ActivateTOTPForm):
    """Setting the app up: the code that proves it signs nobody in afterwards."""
