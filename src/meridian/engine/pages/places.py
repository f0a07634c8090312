"""Where somebody came from, and goes back to afterwards: an address of this house, or nowhere."""

from django.utils.http import url_has_allowed_host_and_scheme

from meridian.engine.policies import Request

NEXT = "next"
LONGEST = 2_000


def came_from(request: Request, otherwise: str) -> str:
    """The address that the request names as the next one, when it is one of this house."""
    asked = request.POST.get(NEXT) or request.GET.get(NEXT) or ""
    own = asked.startswith("/") and len(asked) <= LONGEST
    if own and url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()):
        return asked
    return otherwise
