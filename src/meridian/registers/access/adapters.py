"""What the sign-in library may decide: accounts are given, never taken."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from meridian.engine.audit import trail
from meridian.registers.access import attempts
from meridian.registers.access.commands import choose_password
from meridian.registers.access.deeds import BEGUN_IN_DEMO
from meridian.registers.access.models import Account
from meridian.registers.access.proofs import remember_proof
from meridian.registers.access.queries import actor_of


class ClosedAccounts(DefaultAccountAdapter):
    """Nobody signs up: whoever administers accounts adds them."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _(
            "Too many wrong passwords. Wait some minutes, use a passkey,"
            " or have a link sent to choose a new password."
        )
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **facts: Any) -> HttpResponse | None:
        """A passkey that was made under `--demo` opens nothing without it, as the printed password does."""
        if settings.REFUSED_PASSWORDS and _opened_by_demo(request, user):
            request.session.flush()
            why = _("This passkey was made while the demo ran, and ended with it.")
            return render(request, "403.html", {"refusal": {"why": why}}, status=403)
        refused: HttpResponse | None = super().pre_login(request, user, **facts)
        return refused

    def login(self, request: HttpRequest, user: Any) -> None:
        """Let somebody in who has proven who it is; the entry names the account."""
        with trail.entry("access.account.sign_in", actor_of(user)):
            super().login(request, user)
        if not settings.REFUSED_PASSWORDS:
            request.session[BEGUN_IN_DEMO] = True

    def get_client_ip(self, request: HttpRequest) -> str:
        """`BehindProxies` has seen to it already."""
        return str(request.META.get("REMOTE_ADDR", ""))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        typed = str(credentials.get("email") or credentials.get("username") or "")
        self._counted = attempts.take(request, typed)
        if self._counted is None:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        attempts.give_back(self._counted or [])

    def post_login(self, request: HttpRequest, user: Account, **facts: Any) -> HttpResponse:
        answer = super().post_login(request, user, **facts)
        if login := (facts.get("signal_kwargs") or {}).get("sociallogin"):
            remember_proof(request, login)
        attempts.remember_device(request, answer, user)
        return answer

    def set_password(self, user: Account, password: str) -> None:
        """By the link or by the old password: whose it is has been proven before."""
        choose_password(actor=actor_of(user), row=user, password=password)
        attempts.forgive(self.request, user)
        # The library goes on with the row that it has, and the sessions' digests hang on this.
        user.refresh_from_db()


def _opened_by_demo(request: HttpRequest, user: Any) -> bool:
    used = {proof.get("id") for proof in get_authentication_records(request, user)}
    marked = {f"data__{BEGUN_IN_DEMO}": True}
    return bool(Authenticator.objects.filter(user=user, pk__in=used - {None}, **marked).exists())


class KnownPeople(DefaultSocialAccountAdapter):
    """Single sign-on opens the account with the same verified address, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """The first time, connect the account that the address found.

        The library would take its password away, as an address that somebody typed may be another's;
        here whoever administers accounts has given it.
        """
        if sociallogin._did_authenticate_by_email is None:
            return
        sociallogin._did_authenticate_by_email = None
        if sociallogin.user.is_active:
            with trail.entry("access.account.connect_elsewhere", actor_of(sociallogin.user)):
                sociallogin.connect(request, sociallogin.user)
