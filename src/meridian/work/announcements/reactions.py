"""Who is told of an announcement, with a link by which they acknowledge it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meridian.engine.mailed_links.issuing import Offered
from meridian.engine.notices.commands import Tidings, tell
from meridian.engine.notices.words import in_words
from meridian.engine.policies import system_actor
from meridian.work.announcements.events import RecipientsReminded, RecipientsTold
from meridian.work.announcements.models import Announcement, Recipient

HOUSE = system_actor("Announcements")


def tell_recipients(event: RecipientsTold) -> None:
    """Tell each once, in their language."""
    rows = Recipient.objects.filter(
        announcement=event.announcement, account__gte=event.first, account__lte=event.last, state="waiting"
    )
    _tell("told", event.announcement, rows, f"announcements.{event.announcement}")


def remind(event: RecipientsReminded) -> None:
    """Remind each of this turn who has not acknowledged meanwhile."""
    rows = Recipient.objects.filter(
        announcement=event.announcement,
        pk__range=(event.first, event.last),
        reminded_at=event.at,
        state="waiting",
    )
    _tell("reminded", event.announcement, rows, f"announcements.{event.announcement}.{event.at:%Y%m%d%H%M}")


def _tell(kind: str, key: int, rows: Iterable[Recipient], occasion: str) -> None:
    announcement = Announcement.objects.get(pk=key)
    sentences = {
        "told": _("Please read, and say that you have: %(subject)s"),
        "reminded": _("You have not said yet that you have read: %(subject)s"),
    }
    text = in_words(sentences[kind], subject=announcement)
    for row in rows:
        tidings = Tidings(
            f"announcements.{kind}",
            text,
            reverse("announcements-read", args=(row.pk,)),
            occasion=occasion,
            offered=Offered.of("announcements.acknowledge", row),
        )
        tell(actor=HOUSE, account_ids=[row.account_id], tidings=tidings)
