"""What follows a sign-in page without the visitor waiting for it, and what is forgotten once a day."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from meridian.engine.figures import number_text
from meridian.registers.access import attempts
from meridian.registers.access.queries import account_of, password_link


def mail_link(address: str) -> None:
    """Send the link to choose a password to an address, if an open account has it."""
    account = account_of(address)
    if account is None or account.email.casefold() != address.casefold():
        return
    with translation.override(account.language):
        subject = _("A new password for Meridian")
        text = _(
            "Somebody, probably you, asked to choose a new password for the account %(name)s."
            " Do it here, within %(hours)s hours:\n\n%(link)s\n\n"
            "If it was not you, do nothing: the password stays as it is."
        ) % {
            "name": account.username,
            "hours": number_text(settings.PASSWORD_RESET_TIMEOUT // 3600),
            "link": password_link(account),
        }
    # RFC 3834: nobody's absence notice may answer this.
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage(subject, text, to=[account.email], headers=headers).send()


def forget_attempts(timestamp: int) -> None:
    """Once a day forget the tries that count no longer."""
    attempts.forget_drained()
