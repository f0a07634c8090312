"""What statistics say on first pages: the scorecard, and the posts that stand today."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.modules.registry import offers_to
from meridian.engine.pages.first_page import Figure, Part, bars_of_choices, counted, list_url
from meridian.engine.pages.slots import FirstPagePart
from meridian.engine.policies import Actor, Request, policy_of
from meridian.engine.records import reference

Post = reference("staffing.Post")
STANDING = "standing"


def scorecard(request: Request) -> FirstPagePart | None:
    """The few figures by which the whole is judged, as modules offer them to this reader, each with its
    rows and its proof; what nobody measures is said."""
    figures = [figure for given in offers_to("score") for figure in given.function(request.actor)]
    if not figures:
        return None
    text = _(
        "Counted from rows just now. Whether posts are filled, and whether services are available, isn't"
        " measured in the house."
    )
    return Part(_("Scorecard"), reverse("statistics"), text=text, figures=figures).given()


def posts_standing(actor: Actor) -> list[Figure]:
    """For the scorecard: the posts that stand today. Who sits on them isn't known to the house."""
    if not policy_of(Post).may(actor, "view"):
        return []
    return [counted(_standing(actor), _("posts that stand"), "accent", **_asked())]


def posts_by_category(request: Request) -> FirstPagePart | None:
    """The posts that stand today, of those that the reader may see, by category."""
    asked = _asked()
    bars = bars_of_choices(_standing(request.actor), "category", **asked)
    title = _("Posts that stand today, by category")
    return Part(title, list_url(Post, **asked), bars=bars).given() if bars else None


def _standing(actor: Actor) -> QuerySet:
    """The reader's posts that have begun and not ended."""
    return Post.objects.permitted(actor).filter(standing=STANDING, starts_on__lte=timezone.localdate())


def _asked() -> dict[str, Any]:
    """What narrows the list of posts to the same."""
    return {"standing": STANDING, "starts_on_to": timezone.localdate().isoformat()}
