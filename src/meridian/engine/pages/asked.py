"""Which parameters a page understands. All others are refused before it is asked, in words."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from meridian.engine.listing.parameters import NotUnderstood, faults_of
from meridian.engine.policies import Request

View = TypeVar("View", bound=Callable[..., Any])
# The page reads its address itself, as a list does, and refuses by itself what it doesn't know.
BY_ITSELF = None
HOUSE = "meridian."


def takes(*names: str) -> Callable[[View], View]:
    """Say which parameters of an address a page understands; without this it understands none."""

    def mark(view: View) -> View:
        view.parameters = names  # type: ignore[attr-defined]
        return view

    return mark


def by_itself(view: View) -> View:
    """Say that a page refuses what it doesn't understand by itself."""
    view.parameters = BY_ITSELF  # type: ignore[attr-defined]
    return view


def refusal_of(request: Request, view: Callable[..., Any]) -> HttpResponse | None:
    """The answer to an address that asks `view` for what it doesn't understand; None when it is fine."""
    if not request.GET or not getattr(view, "__module__", "").startswith(HOUSE):
        return None
    known = getattr(view, "parameters", ())
    if known is BY_ITSELF:
        return None
    faults = faults_of(request.GET, known)
    return not_understood(request, NotUnderstood(faults)) if faults else None


def not_understood(request: Request, fault: NotUnderstood) -> HttpResponse:
    """The page that says what of the address isn't understood, with the way to it without that."""
    context = {
        "refusal": {"why": _("Nothing was done or shown.")},
        "faults": [
            {"sentence": sentence, "without_url": without(request, {name})}
            for name, sentence in fault.faults.items()
        ],
        "clear_url": without(request, set(fault.faults)),
    }
    return render(request, "400.html", context, status=fault.status)


def without(request: Request, names: set[str]) -> str:
    """This page's address without some parameters, and from its first page on."""
    kept = request.GET.copy()
    for name in names | {"after", "before"}:
        kept.pop(name, None)
    return f"{request.path}?{kept.urlencode()}" if kept else request.path
