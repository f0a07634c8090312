"""Acknowledging by a link that a mail carried."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.commands import Untimely
from meridian.engine.mailed_links.opening import Opened, Press
from meridian.engine.policies import Actor
from meridian.work.announcements.commands import acknowledge
from meridian.work.announcements.models import Recipient


def acknowledge_by_link(actor: Actor, row: Recipient) -> Opened:
    """What is to be read, and the button that says it was."""
    if row.state == Recipient.State.ACKNOWLEDGED:
        raise Untimely(_("You have said so already."))

    def act(_pressed: str, _given: Mapping[str, Any]) -> str:
        acknowledge(actor=actor, row=row)
        return _("Thank you: it is noted that you have read this.")

    announcement = row.announcement
    buttons = (Press("read", _("I have read it"), "first"),)
    url = reverse("announcements-read", args=(row.pk,))
    return Opened(str(announcement.subject), act, buttons, str(announcement.text), url=url)
