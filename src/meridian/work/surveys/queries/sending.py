"""What is told to whom is asked."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meridian.engine.mailed_links.issuing import Offered
from meridian.engine.notices.commands import Tidings
from meridian.engine.notices.words import in_words
from meridian.work.channels.contracts import Letter
from meridian.work.channels.facade import Draft
from meridian.work.surveys.models import Invitation


def tidings_of(row: Invitation) -> Tidings:
    """The notice of an invitation: the mail carries a link by which it is answered without signing in."""
    return Tidings(
        kind="surveys.asked",
        text=_text(row),
        url=reverse("surveys-invitation-answer", args=(row.pk,)),
        occasion=f"surveys.invitation.{row.pk}",
        offered=Offered.of("surveys.rate", row),
    )


def letter_of(row: Invitation) -> Draft:
    """The letter of an invitation, for whoever has no account and asked by mail or by telephone."""
    return Draft(
        Letter.RATED,
        row.person,
        f"surveys.invitation.{row.pk}",
        item=row.item,
        title=row.item.title if row.item else str(row.campaign and row.campaign.title),
        sentence=_text(row),
        offered=Offered.of("surveys.rate", row),
    )


def _text(row: Invitation) -> str | Promise:
    if row.item is None:
        return in_words(_("A short survey: %(title)s"), title=row.campaign and row.campaign.title)
    return in_words(_("How did we do with %(number)s? One press is enough."), number=row.item.number)
