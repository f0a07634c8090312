"""What no password may be."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class NotPrinted:
    """A password that this house prints for everybody to try with is nobody's own."""

    def validate(self, password: str, user: object = None) -> None:
        if password in settings.REFUSED_PASSWORDS:
            raise ValidationError(_("This password is printed by the demo: choose another."))

    def get_help_text(self) -> str:
        return ""
