"""The news of services for programs, and who reads how services stand."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.commands import Unpermitted
from meridian.engine.figures import instant_text
from meridian.engine.pages.entry import PUBLIC, needs
from meridian.engine.policies import Request
from meridian.work.service_status.board import board
from meridian.work.service_status.models import StatusStep
from meridian.work.service_status.queries import news

MOST_NEWS = 50


def read_by_all(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Who hasn't signed in reads it where the operator says so."""

    @needs(PUBLIC)
    @require_safe
    def asked(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.actor.known and not settings.PUBLIC_STATUS:
            raise Unpermitted(_("Sign in to see this."))
        return page(request, *args, **kwargs)

    asked.__doc__, asked.__module__ = page.__doc__, page.__module__
    return asked


def words_of(step: StatusStep) -> str:
    """The public words of a step, and the time for which something is planned."""
    times = ""
    if step.starts_at and step.ends_at:
        times = f"{instant_text(step.starts_at)} – {instant_text(step.ends_at)}"
    return "\n".join(str(part) for part in (step.subject, step.text, times) if part)


def _url(step: StatusStep) -> str:
    return reverse("service-status-service", args=(step.service.code,))


def _entries() -> list[dict[str, Any]]:
    return [
        {
            "id": f"{settings.PUBLIC_ORIGIN}{_url(step)}#{step.pk}",
            "title": f"{step.service}: {step.get_kind_display()} ({step.get_level_display()})",
            "text": words_of(step),
            "at": step.at,
        }
        for step in news()[:MOST_NEWS]
    ]


@read_by_all
def atom(request: Request) -> HttpResponse:
    """The news of services for readers of feeds (RFC 4287)."""
    url = f"{settings.PUBLIC_ORIGIN}{reverse('service-status')}"
    feed = Atom1Feed(
        title=_("Status of services"),
        link=url,
        description="",
        feed_url=f"{url}feed.atom",
        language=get_language(),
    )
    for entry in _entries():
        feed.add_item(
            title=entry["title"],
            link=entry["id"],
            unique_id=entry["id"],
            description=entry["text"],
            updateddate=entry["at"],
            pubdate=entry["at"],
        )
    answer = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(answer, "utf-8")
    return answer


@read_by_all
def json_feed(request: Request) -> HttpResponse:
    """The same for programs (JSON Feed 1.1), with how each service stands now."""
    url = f"{settings.PUBLIC_ORIGIN}{reverse('service-status')}"
    items = [
        {
            "id": entry["id"],
            "url": entry["id"],
            "title": entry["title"],
            "content_text": entry["text"] or entry["title"],
            "date_published": entry["at"].isoformat(),
        }
        for entry in _entries()
    ]
    services = [
        {
            "code": line.service.code,
            "name": str(line.service),
            "level": line.level,
            "percent": str(line.percent),
        }
        for line in board(timezone.now()).lines
    ]
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _("Status of services"),
        "home_page_url": url,
        "feed_url": f"{url}feed.json",
        "language": get_language(),
        "items": items,
        "_services": services,
    }
    return JsonResponse(told, content_type="application/feed+json")
