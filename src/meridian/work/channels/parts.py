"""What mail says on the pages of others: on an item its mails, on first pages what waits and what fails."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.figures import instant_text
from meridian.engine.listing.cut import Cut, cut, first_rows
from meridian.engine.mail_reading.quotes import parted
from meridian.engine.pages.first_page import MOST_TASKS, Part, Task
from meridian.engine.pages.slots import FirstPagePart, PanelPart
from meridian.engine.policies import Actor
from meridian.engine.policies.request import Request
from meridian.engine.resources import resource_of
from meridian.engine.values import url_of
from meridian.engine.values.together import Asking
from meridian.work.channels.contracts import Arrival
from meridian.work.channels.models import InboundMail, OutboundMail
from meridian.work.channels.queries.health import doors

MOST_MAILS = 20


def mails_of_item(actor: Actor, row: Any) -> PanelPart | None:
    """The mails of an item, in and out, the latest first, with what became of each."""
    left = cut(OutboundMail.objects.permitted(actor).filter(item=row).order_by("-pk"), MOST_MAILS)
    came = cut(InboundMail.objects.permitted(actor).filter(item=row).order_by("-pk"), MOST_MAILS)
    both = [(mail.queued_at, mail, mail.address) for mail in left.shown]
    both += [(mail.arrived_at, mail, mail.sender) for mail in came.shown]
    if not both:
        return None
    shown = [
        {
            "url": url_of(mail),
            "subject": str(mail),
            "about": address,
            "at": instant_text(at),
            "instant": at.isoformat(),
            "tone": resource_of(type(mail)).tone_of(mail.state),
            "state": mail.get_state_display(),
            "remark": mail.remark,
        }
        for at, mail, address in sorted(both, key=lambda found: found[0], reverse=True)[:MOST_MAILS]
    ]
    whole = Cut(shown, left.of + came.of)
    return PanelPart(_("Mails"), {"mails": whole.shown, "cut": whole}, "channels/item_mails.html")


def words_of_mail(actor: Actor, row: InboundMail) -> PanelPart:
    """What a mail says: its sender's words, and behind a fold what they quote."""
    context = {
        "said": row.said,
        "rest": parted(row.text).rest,
        "page_url": reverse("mail-as-page", args=(row.pk,)) if row.html else "",
    }
    return PanelPart(_("Words"), context, "channels/words.html")


def waiting_mail(request: Request) -> Asking[FirstPagePart | None]:
    """Mails on which nobody has decided, the oldest first; nothing when none waits."""
    rows = InboundMail.objects.permitted(request.actor).filter(state=Arrival.WAITING)
    found = yield from first_rows(rows.order_by("arrived_at", "pk"), MOST_TASKS)
    if not found.shown:
        return None
    url = reverse("mail-waiting")
    tasks = [Task(str(row), url_of(row) or url, row.get_why_display(), tone="watch") for row in found.shown]
    return Part(_("Mails that wait"), url, tasks=tasks, cut=found).given()


def failing_doors(request: Request) -> FirstPagePart | None:
    """Mailboxes that can't be fetched, or were not of late; nothing when all stand open."""
    broken = [door for door in doors(request.actor) if door.standing in ("failing", "late")]
    if not broken:
        return None
    found = cut(broken, MOST_TASKS)
    tasks = [
        Task(door.mailbox.address, url_of(door.mailbox) or "", door.fault or _("late"), tone="bad")
        for door in found.shown
    ]
    return Part(_("Mailboxes that fail"), reverse("mail-doors"), tasks=tasks, cut=found).given()
