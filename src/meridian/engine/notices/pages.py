"""The reader's notices."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from meridian.engine.commands import Unpermitted
from meridian.engine.notices.commands import read_notices
from meridian.engine.notices.models import Notice
from meridian.engine.pages.display import instant_text

SHOWN = 100


def own(request: HttpRequest) -> HttpResponse:
    """The latest notices, newest first; `POST` marks all as read."""
    if request.actor.account_id is None:
        raise Unpermitted(_("Sign in to see this."))
    notices = list(Notice.objects.permitted(request.actor).order_by("-id")[:SHOWN])
    if request.method == "POST":
        unread = Notice.objects.permitted(request.actor).filter(read_at__isnull=True)
        if unread.exists():
            read_notices(actor=request.actor, rows=list(unread))
        return redirect("notices")
    shown = [
        {
            "text": notice.text,
            "url": notice.url,
            "at": instant_text(notice.at),
            "instant": notice.at.isoformat(),
            "unread": notice.read_at is None,
        }
        for notice in notices
    ]
    return render(
        request, "notices/own.html", {"shown": shown, "unread": any(found["unread"] for found in shown)}
    )


root_urlpatterns = [path("notices/", own, name="notices")]
