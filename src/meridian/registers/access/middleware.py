"""Who asks, in which language and time zone."""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from meridian.engine.audit import trail
from meridian.engine.policies import ANONYMOUS
from meridian.registers.access.queries import actor_of


class ActorMiddleware:
    """Sets `request.actor`, the reader's time zone and the origin of what is written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        account = request.user
        request.actor = actor_of(account) if account.is_authenticated else ANONYMOUS
        zone = getattr(account, "zone", "UTC")
        with trail.origin("page"), timezone.override(zoneinfo.ZoneInfo(zone)):
            return self.get_response(request)
