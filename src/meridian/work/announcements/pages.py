"""Reading what has to be acknowledged, and saying so."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from meridian.engine.commands import Unseen
from meridian.engine.figures import instant_text
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.work.announcements.commands import acknowledge
from meridian.work.announcements.models import Recipient


@needs("announcements.recipient.acknowledge")
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: Request, key: int) -> HttpResponse:
    """An announcement that the reader is asked to acknowledge, with the button."""
    mine = Recipient.objects.permitted(request.actor, "acknowledge").filter(account=request.actor.account_id)
    row = mine.select_related("announcement").filter(pk=key).first()
    if row is None:
        raise Unseen(_("This is not for you to acknowledge."))
    if request.method == "POST":
        acknowledge(actor=request.actor, row=row)
        messages.success(request, _("Thank you: it is noted that you have read this."))
        return redirect("announcements-read", key)
    done = instant_text(row.acknowledged_at) if row.acknowledged_at else ""
    return render(request, "announcements/read.html", {"announcement": row.announcement, "done": done})


root_urlpatterns = [path("announcements/read/<int:key>/", read, name="announcements-read")]
