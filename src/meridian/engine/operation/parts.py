"""What the operator's first page says of the house's own work."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob

from meridian.engine.figures import number_text
from meridian.engine.pages.slots import FirstPagePart, Tile
from meridian.engine.policies import Request


def failed_jobs(request: Request) -> FirstPagePart:
    """How many jobs failed, wait and run."""
    counted = ProcrastinateJob.objects.filter(status__in=("failed", "todo", "doing"))
    counts = dict(counted.order_by().values_list("status").annotate(Count("id")))
    url = reverse("operation-jobs")
    words = (("failed", _("Failed")), ("todo", _("Waiting")), ("doing", _("Running")))
    tiles = [Tile(number_text(counts.get(status, 0)), word, url) for status, word in words]
    return FirstPagePart(_("Jobs"), "design/partials/tiles.html", {"tiles": tiles}, url)
