"""Looking for an item, and filling in its form."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from meridian.engine.api.idempotency import once_on_page
from meridian.engine.commands import Refusal
from meridian.engine.listing.parameters import one_of, row_key, whole_number
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.policies import Request
from meridian.work.catalogue import rules
from meridian.work.catalogue.commands import put_in_basket
from meridian.work.catalogue.contracts import Group, VersionState
from meridian.work.catalogue.models import Version
from meridian.work.catalogue.pages.words import questions_of, shown_item
from meridian.work.catalogue.queries.offered import offered, published, published_for
from meridian.work.catalogue.queries.orders import basket_of
from meridian.work.catalogue.queries.people import person_named

GROUPS = {"": "", **dict(Group.choices)}


@needs("catalogue.order.put")
@require_safe
@takes("q", "group")
def shop(request: Request) -> HttpResponse:
    """What can be ordered, by group, found by words."""
    words = request.GET.get("q", "")
    group = one_of("group", request.GET.get("group", ""), GROUPS)
    shelves: dict[str, list[dict[str, Any]]] = {}
    for version in offered(request.actor, words, group):
        shelves.setdefault(version.item.get_group_display(), []).append(shown_item(version))
    basket = basket_of(request.actor.person_id) if request.actor.person_id else None
    context = {
        "q": words,
        "group": group,
        "groups": Group.choices,
        "shelves": shelves.items(),
        "in_basket": basket.lines.count() if basket else 0,
    }
    return render(request, "catalogue/shop.html", context)


@needs("catalogue.order.put")
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: Request, code: str) -> HttpResponse:
    """An item with its form; questions that follow from answers come step by step, also without scripts."""
    if request.method != "POST":
        return _show(request, published(request.actor, code), {}, {})
    given = {name[2:]: request.POST.getlist(name) for name in request.POST if name.startswith("q.")}
    version = _filled_in(request, code)
    if version.state != VersionState.PUBLISHED:
        return _told_of_withdrawal(request, version, code, given)
    shown = [field["key"] for field in rules.shown_fields(version.questions, given)]
    seen = set(request.POST.get("seen", "").split())
    if request.POST.get("press") == "next" or not set(shown) <= seen:
        return _show(request, version, given, {}, follows=not set(shown) <= seen)
    _good, faults = rules.read_answers(version.questions, given)
    if faults:
        return _show(request, version, given, faults, status=422)
    return once_on_page(request, lambda: _put(request, version, given))


def _filled_in(request: Request, code: str) -> Version:
    """The version that was filled in, whether it is still offered or not."""
    key = row_key(request.POST.get("version", ""))
    rows = Version.objects.permitted(request.actor, "view").filter(item__code=code)
    row = rows.select_related("item__owner").filter(pk=key).first()
    return row or published(request.actor, code)


def _told_of_withdrawal(
    request: Request, version: Version, code: str, given: Mapping[str, Sequence[str]]
) -> HttpResponse:
    """What was typed is kept: in the questions of the version offered now, and what has none as text."""
    now = published_for(request.actor, code)
    if now is None:
        context = {"old": version, "kept": _kept(version, given, ())}
        return render(request, "catalogue/withdrawn.html", context, status=409)
    known = [field["key"] for field in now.questions]
    sentence = _("This was replaced while you filled it in. Your answers are kept: look through them again.")
    return _show(request, now, given, {}, status=409, notice=sentence, kept=_kept(version, given, known))


def _kept(version: Version, given: Mapping[str, Sequence[str]], known: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"label": question["label"], "text": ", ".join(filter(None, given.get(question["key"], ())))}
        for question in questions_of(version, given, {})
        if question["key"] not in known and any(given.get(question["key"], ()))
    ]


def _put(request: Request, version: Version, given: Mapping[str, Sequence[str]]) -> HttpResponse:
    try:
        for_whom = person_named(request.POST.get("for", ""))
        quantity = whole_number(request.POST.get("quantity", "1").strip()) or 0
        put_in_basket(
            actor=request.actor, item_version=version, answers=given, quantity=quantity, beneficiary=for_whom
        )
    except Refusal as refusal:
        sentence = str(refusal.beside(("item_version", "quantity", "beneficiary", *given)))
        return _show(request, version, given, {}, status=422, notice=sentence)
    messages.success(request, _("“%(item)s” is in your basket.") % {"item": version.name})
    return redirect("catalogue-basket")


def _show(
    request: Request,
    version: Version,
    given: Mapping[str, Sequence[str]],
    faults: Mapping[str, str],
    status: int = 200,
    **said: Any,
) -> HttpResponse:
    """The page; `said` are a `notice`, what is `kept` as text, and whether further questions `follows`."""
    questions = questions_of(version, given, faults)
    context = {
        "item": shown_item(version),
        "version": version,
        "questions": questions,
        "seen": " ".join(question["key"] for question in questions),
        "faults": [question for question in questions if question["fault"]],
        "for_whom": request.POST.get("for", ""),
        "quantity": request.POST.get("quantity", "1"),
        "crumbs": [{"title": _("Catalogue"), "url": reverse("catalogue-shop")}],
        **said,
    }
    return render(request, "catalogue/item.html", context, status=status)
