"""What staffing says on first pages."""

from django.utils.translation import gettext as _

from meridian.engine.pages.first_page import Part, bars_of_choices, list_url
from meridian.engine.pages.slots import FirstPagePart
from meridian.engine.policies.request import Request
from meridian.steering.staffing.models import Post


def posts_by_category(request: Request) -> FirstPagePart | None:
    """The posts that the reader may see, by category."""
    bars = bars_of_choices(Post.objects.permitted(request.actor), "category")
    return Part(_("Posts by category"), list_url(Post), bars=bars).given() if bars else None
