"""How the doors stand: each mailbox with its last fetching, what waits, what fails."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import number_text
from meridian.engine.figures.spans import Spans
from meridian.engine.pages.entry import needs
from meridian.engine.pages.first_page import list_url
from meridian.engine.policies import Actor, Request
from meridian.engine.values import url_of
from meridian.work.channels.models import FailingAddress, OutboundMail
from meridian.work.channels.queries.health import Door, counts, doors

STANDINGS = {
    "failing": ("bad", gettext_lazy("Failing")),
    "late": ("watch", gettext_lazy("Late")),
    "never": ("watch", gettext_lazy("Not fetched yet")),
    "good": ("good", gettext_lazy("Good")),
    "sends": ("still", gettext_lazy("Sends only")),
}


@needs("channels.mailbox.view")
@require_safe
def doors_page(request: Request) -> HttpResponse:
    """Every mailbox that the reader may see, what fails first, and how much waits behind them."""
    found = doors(request.actor)
    context = {"tiles": tiles(request.actor), "table": _table(found), "any": bool(found)}
    return render(request, "channels/doors.html", context)


def tiles(actor: Actor) -> list[dict[str, Any]]:
    """What waits for somebody; each leads to the list of just those rows."""
    found = counts(actor)
    shown = [
        (found.waiting, _("mails wait for a person"), reverse("mail-waiting"), "watch"),
        (found.queued, _("letters wait to leave"), list_url(OutboundMail, state="queued"), "accent"),
        (
            found.failed,
            _("letters failed or came back"),
            list_url(OutboundMail, state=["failed", "bounced"]),
            "bad",
        ),
        (found.failing_addresses, _("addresses take no mail"), list_url(FailingAddress), "bad"),
    ]
    return [
        {
            "number": number_text(count),
            "label": label,
            "url": url,
            "tone": tone if count else "still",
            "proof": Unproved.LISTED,
        }
        for count, label, url, tone in shown
    ]


def _table(found: list[Door]) -> Table:
    spans = Spans(timezone.now())
    columns = (
        Column(_("Mailbox")),
        Column(_("Team")),
        Column(_("State"), "state"),
        Column(_("Last fetched"), "date"),
        Column(_("What is wrong")),
    )
    return Table(caption=_("Mailboxes"), columns=columns, rows=[_row(door, spans) for door in found])


def _row(door: Door, spans: Spans) -> Row:
    tone, words = STANDINGS[door.standing]
    fetched = door.fetched_at
    return Row(
        (
            Cell(door.mailbox.address, url=url_of(door.mailbox)),
            Cell(str(door.mailbox.team)),
            Cell(str(words), "state", tone=tone),
            Cell(spans.since(fetched), "date", instant=fetched.isoformat()) if fetched else Cell("–"),
            Cell(door.fault or "–"),
        )
    )
