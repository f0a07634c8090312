"""What staffing says on first pages."""

from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.pages.first_page import Part, bars_of_choices
from meridian.engine.pages.slots import FirstPagePart
from meridian.engine.policies.request import Request
from meridian.steering.staffing.models import Post


def posts_by_category(request: Request) -> FirstPagePart | None:
    """The posts that the reader may see, by category."""
    bars = bars_of_choices(Post.objects.permitted(request.actor), "category")
    return Part(_("Posts by category"), reverse("staffing-table"), bars=bars).given() if bars else None
