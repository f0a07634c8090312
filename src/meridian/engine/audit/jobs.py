"""Entries are sealed within seconds."""

import datetime

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from meridian.engine.audit import roots
from meridian.engine.audit.chain import seal_entries
from meridian.engine.figures import instant_text, number_text


def seal(timestamp: int) -> None:
    """Seal what was committed since the last time; every minute a signed root leaves the database."""
    seal_entries()
    roots.anchor()


def mail_root(timestamp: int) -> None:
    """Once a day mail the newest root to whoever keeps the roots, if anybody does (MERIDIAN_TRAIL_MAIL)."""
    root = roots.last_root()
    if root is None or not settings.TRAIL_MAIL:
        return
    send_mail(
        _("Root of the audit trail: %(count)s entries") % {"count": number_text(root.number)},
        _(
            "Keep this message. With it `meridian audit verify --against FILE --key %(key)s` proves that"
            " no entry up to link %(number)s of %(at)s was changed, removed or slipped in.\n\n%(root)s\n"
        )
        % {
            "key": root.key,
            "number": number_text(root.number),
            "at": instant_text(datetime.datetime.fromisoformat(root.at)),
            "root": root.line(),
        },
        None,
        [settings.TRAIL_MAIL],
    )
