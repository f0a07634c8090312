"""Mails that wait for a person: who, what, why, and what may be done with each."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.commands import Unseen
from meridian.engine.figures import instant_text
from meridian.engine.pages.asked import takes
from meridian.engine.pages.earlier import BEFORE, latest
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.engine.values import url_of
from meridian.work.channels.contracts import Arrival
from meridian.work.channels.models import InboundMail

SHOWN = 25
SHOWN_LETTERS = 600
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@needs("channels.inboundmail.view")
@require_safe
@takes(BEFORE)
def waiting(request: Request) -> HttpResponse:
    """The mails on which nobody has decided, the latest first."""
    rows = InboundMail.objects.permitted(request.actor).filter(state=Arrival.WAITING)
    found, earlier_url = latest(request, rows.select_related("person", "mailbox", "item"), SHOWN)
    may = InboundMail.objects.permitted(request.actor, "drop")
    decidable = set(may.filter(pk__in=[row.pk for row in found.shown]).values_list("pk", flat=True))
    context = {
        "mails": [_card(row, row.pk in decidable) for row in found.shown],
        "cut": found,
        "earlier_url": earlier_url,
        "crumbs": [{"title": _("Mail"), "url": reverse("mail-doors")}],
    }
    return render(request, "channels/waiting.html", context)


def _card(row: InboundMail, may_decide: bool) -> dict[str, Any]:
    return {
        "row": row,
        "url": url_of(row),
        "at": instant_text(row.arrived_at),
        "instant": row.arrived_at.isoformat(),
        "why": row.get_why_display(),
        "is_cut": len(row.said) > SHOWN_LETTERS,
        "may_decide": may_decide,
        **{
            name: reverse(f"channels-inboundmail-{verb}", args=(row.pk,))
            for name, verb in (("put_on_url", "put_on"), ("open_url", "open_new"), ("drop_url", "drop"))
        },
    }


@needs("channels.inboundmail.view")
@require_safe
def cleaned(request: Request, key: int) -> HttpResponse:
    """A mail as its sender laid it out, without all that runs or calls home: a page that may do nothing."""
    row = InboundMail.objects.permitted(request.actor).filter(pk=key).first()
    if row is None or not row.html:
        raise Unseen(_("There is no such mail with a layout of its own, or it is not yours to see."))
    answer = HttpResponse(f'<!doctype html><meta charset="utf-8"><div dir="auto">{row.html}</div>')
    answer["Content-Security-Policy"] = POLICY
    return answer
