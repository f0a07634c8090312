"""What the operator's first page says of the house itself."""

import shutil

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob

from meridian.engine.audit.models import Entry
from meridian.engine.audit.roots import last_root
from meridian.engine.design.figures import Unproved
from meridian.engine.errands import storage
from meridian.engine.figures import instant_text, number_text
from meridian.engine.listing.cut import cut
from meridian.engine.pages.first_page import MOST_TASKS, Figure, Part, Task, list_url
from meridian.engine.pages.slots import FirstPagePart
from meridian.engine.policies.request import Request
from meridian.engine.values import url_of
from meridian.engine.values.deeds import doing

GIGABYTE, LEAST_FREE_GIGABYTES = 10**9, 2
MOST_FILE_BYTES = 10 * GIGABYTE
HEARTBEAT = """
SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '30 seconds'
"""


def health(request: Request) -> FirstPagePart:
    """Whether a worker lives, whether there is room, and whether the trail was signed."""
    with connection.cursor() as cursor:
        cursor.execute(HEARTBEAT)
        workers = cursor.fetchone()[0]
    free = shutil.disk_usage(settings.MEDIA_ROOT if settings.MEDIA_ROOT.exists() else "/").free // GIGABYTE
    files, file_bytes = storage.kept()
    root, trail, jobs = last_root(), list_url(Entry), reverse("operation-jobs")
    told = (
        (_("Workers"), jobs, workers > 0, number_text(workers), _("No worker lives: start one.")),
        (
            _("Free space"),
            "",
            free > LEAST_FREE_GIGABYTES,
            f"{number_text(free)} GB",
            _("Make room on the disk."),
        ),
        (
            _("Files of errands"),
            "",
            file_bytes < MOST_FILE_BYTES,
            f"{number_text(files)} · {filesizeformat(file_bytes)}",
            _("%(size)s of files wait to be taken away.") % {"size": filesizeformat(file_bytes)},
        ),
        (
            _("Audit trail"),
            trail,
            root is not None,
            _("signed up to link %(number)s") % {"number": number_text(root.number)} if root else "",
            _("No root of the trail is signed yet."),
        ),
    )
    tasks = [
        Task(title, url, words if good else mend, _("well") if good else _("look"), "good" if good else "bad")
        for title, url, good, words, mend in told
    ]
    return Part(_("Health"), tasks=tasks).given()


def failed_jobs(request: Request) -> FirstPagePart:
    """How many jobs failed, wait and run."""
    counted = ProcrastinateJob.objects.filter(status__in=("failed", "todo", "doing"))
    counts = dict(counted.order_by().values_list("status").annotate(Count("id")))
    url = reverse("operation-jobs")
    words = (
        ("failed", _("failed"), "bad", url),
        ("todo", _("waiting"), "still", f"{url}#waiting"),
        ("doing", _("running"), "accent", f"{url}#waiting"),
    )
    figures = [
        Figure(counts.get(status, 0), word, place, tone, Unproved.MEASURED)
        for status, word, tone, place in words
    ]
    return Part(_("Jobs"), url, figures=figures).given()


def newest_entries(request: Request) -> FirstPagePart:
    """What was done last in the house, and by whom."""
    found = cut(Entry.objects.permitted(request.actor).order_by("-id")[:MOST_TASKS], MOST_TASKS)
    tasks = [
        Task(doing(entry.command), url_of(entry), f"{entry.actor_label} · {instant_text(entry.at)}")
        for entry in found.shown
    ]
    return Part(_("Done last"), list_url(Entry), tasks=tasks).given()
