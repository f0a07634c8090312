"""Forms of the sign-in library, as this house answers them."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from meridian.engine.modules.work import queue_job


class AskForLink(ResetPasswordForm):
    """Asking for a link looks nobody up: a job does, so that neither time nor words tell who is known."""

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        address = str(self.cleaned_data["email"])
        queue_job("access.mail_link", address=address)
        return address
