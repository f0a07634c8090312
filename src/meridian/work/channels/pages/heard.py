"""Why did this person never hear back? Everything that was written to somebody, or was not, and why."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.figures import instant_text
from meridian.engine.listing.cut import cut
from meridian.engine.listing.lookup import row_by_words
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Actor, Request
from meridian.engine.resources import resource_of
from meridian.engine.values import url_of
from meridian.work.channels.models import FailingAddress, InboundMail, OutboundMail
from meridian.work.channels.models.references import Person

SHOWN = 50


@needs("channels.outboundmail.view")
@require_safe
@takes("person")
def heard(request: Request) -> HttpResponse:
    """What somebody was written and what they wrote, the latest first, with what became of each."""
    words = request.GET.get("person", "").strip()
    context: dict[str, Any] = {
        "words": words,
        "crumbs": [{"title": _("Mail"), "url": reverse("mail-doors")}],
    }
    if words:
        try:
            context |= _of(request.actor, _person(words, request.actor))
        except LookupError as fault:
            context["fault"] = str(fault)
    return render(request, "channels/heard.html", context, status=422 if "fault" in context else 200)


def _person(words: str, actor: Actor) -> Any:
    """Whom the words mean: an address, an index number or a name."""
    by_address = Person.objects.permitted(actor).filter(email__iexact=words).first()
    return by_address or row_by_words(Person, words, actor)


def _of(actor: Actor, person: Any) -> dict[str, Any]:
    letters = OutboundMail.objects.permitted(actor).filter(person=person).order_by("-pk")
    mails = InboundMail.objects.permitted(actor).filter(person=person).order_by("-pk")
    left, came = cut(letters, SHOWN), cut(mails, SHOWN)
    return {
        "person": person,
        "failing": FailingAddress.objects.filter(address=person.email.lower()).first(),
        "left": [_shown(row, row.queued_at, row.get_letter_display()) for row in left.shown],
        "left_cut": left,
        "came": [_shown(row, row.arrived_at, row.get_why_display() if row.why else "") for row in came.shown],
        "came_cut": came,
    }


def _shown(row: Any, at: Any, about: str) -> dict[str, Any]:
    return {
        "url": url_of(row),
        "subject": str(row),
        "about": about,
        "at": instant_text(at),
        "instant": at.isoformat(),
        "tone": resource_of(type(row)).tone_of(row.state),
        "state": row.get_state_display(),
        "remark": row.remark,
    }
