"""Reading: finding an article, reading it in one's language, saying that it helped."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from meridian.engine.commands import Refusal, Unseen
from meridian.engine.figures import day_text
from meridian.engine.listing.cut import cut
from meridian.engine.listing.parameters import whole_number
from meridian.engine.pages.asked import takes
from meridian.engine.pages.entry import needs
from meridian.engine.pages.verb_page import shows
from meridian.engine.policies import Actor, Request
from meridian.engine.translation import language_codes
from meridian.engine.values import url_of
from meridian.work.knowledge import commands
from meridian.work.knowledge.contracts import Way
from meridian.work.knowledge.models import Article, Revision
from meridian.work.knowledge.parts import stale_word
from meridian.work.knowledge.queries.articles import Reading, current, reading, readings
from meridian.work.knowledge.queries.counting import last_words
from meridian.work.knowledge.queries.likely import likely_readings
from meridian.work.knowledge.queries.showing import direction_of, gist, name_of, shown_text
from meridian.work.knowledge.rules.comparing import compared

MOST_FOUND, MOST_LISTED = 20, 60


@needs("knowledge.article.view")
@require_safe
@takes("q")
def home(request: Request) -> HttpResponse:
    """What is known, found by words in any of the six languages, or all of it by its titles."""
    words, language = request.GET.get("q", "").replace("\0", "")[:200].strip(), get_language() or "en"
    context: dict[str, Any] = {"words": words, "may_write": request.actor.holds("knowledge.article.add")}
    if words:
        found = likely_readings(request.actor, words, language, MOST_FOUND)
        context |= {"found": [_found(one) for one in found]}
    else:
        rows = Article.objects.permitted(request.actor).filter(current()).order_by("category", "code")
        shown = cut(rows.select_related("category"), MOST_LISTED)
        by_key = readings(request.actor, shown.shown, language)
        groups: dict[str, list[dict[str, Any]]] = {}
        for row in shown.shown:
            if row.pk in by_key:
                groups.setdefault(str(row.category or _("Other")), []).append(_found(by_key[row.pk]))
        context |= {"groups": groups, "cut": shown}
    return render(request, "knowledge/home.html", context)


def _found(one: Reading) -> dict[str, Any]:
    return {
        "title": one.revision.title,
        "gist": gist(one.revision),
        "url": reverse("knowledge-article", args=(one.article.code,)),
        "language": one.revision.language,
        "inner": one.article.audience == Article.Audience.DESK,
        "stale": stale_word(one.stale),
    }


@needs("knowledge.article.view")
@shows("knowledge.article", "code")
@require_safe
@takes("language", "asking")
def article(request: Request, code: str) -> HttpResponse:
    """One article in the reader's language, or in another that they choose; reading it is counted."""
    actor, asking = request.actor, asking_of(request)
    found = _read(actor, code, request.GET.get("language", ""))
    if request.method == "GET":
        commands.note(actor=actor, way=Way.READ.value, asking=asking, found=[found.revision])
    return render(request, "knowledge/article.html", _shown(request, found, asking))


def _read(actor: Actor, code: str, language: str) -> Reading:
    """What the actor reads of the article of this code; `Unseen` when there is nothing to read."""
    if language and language not in language_codes():
        raise Unseen(_("Choose one of our languages."))
    row = Article.objects.permitted(actor).select_related("owner", "category").filter(code=code).first()
    found = reading(actor, row, language or get_language() or "en") if row else None
    if found is None:
        raise Unseen(_("There is no article %(code)s, or it is not yours to read.") % {"code": code[:40]})
    return found


def asking_of(request: Request) -> UUID | None:
    """The asking that led here; None when the reader came by themself."""
    try:
        return UUID(request.GET.get("asking", ""))
    except ValueError:
        return None


def _shown(request: Request, found: Reading, asking: UUID | None) -> dict[str, Any]:
    row, revision, wanted = found.article, found.revision, request.GET.get("language") or get_language()
    words = last_words(asking.hex, request.actor.person_id) if asking else ""
    asked = f"?{urlencode({'asking': asking.hex})}" if asking else ""
    title = urlencode({"title": words or revision.title})
    return {
        "article": row,
        "revision": revision,
        "body": shown_text(revision),
        "language": revision.language,
        "language_name": name_of(revision.language),
        "direction": direction_of(revision.language),
        "untranslated": revision.language != wanted,
        "stale": found.stale,
        "is_misleading": found.stale >= Revision.Significance.LARGE,
        "source": _source(found),
        "others": [(code, name_of(code), direction_of(code)) for code in found.others],
        "approved": day_text(revision.approved_at.date()) if revision.approved_at else "",
        "crumbs": [{"title": _("Knowledge"), "url": reverse("knowledge")}],
        "solved_url": reverse("knowledge-solved", args=(row.code,)) + asked,
        "ask_url": f"{reverse('portal-ask')}?{title}",
        "keep_url": reverse("knowledge-article-detail", args=(row.pk,)) if _works_on(request.actor) else "",
    }


def _works_on(actor: Actor) -> bool:
    return actor.holds("knowledge.article.write")


def _source(found: Reading) -> dict[str, Any] | None:
    """The source beside a translation that is behind it."""
    if not found.stale or found.source is None:
        return None
    code = found.article.source_language
    return {
        "language": code,
        "name": name_of(code),
        "direction": direction_of(code),
        "title": found.source.title,
        "body": shown_text(found.source),
    }


@needs("knowledge.article.view")
@require_POST
@takes("asking", "language")
def solved(request: Request, code: str) -> HttpResponse:
    """Note that the article solved it: the reader asks no more."""
    found = _read(request.actor, code, request.GET.get("language", ""))
    commands.note(
        actor=request.actor, way=Way.SOLVED.value, asking=asking_of(request), found=[found.revision]
    )
    messages.success(request, _("Good. Nothing was sent to the desk."))
    return redirect("knowledge-article", code)


@needs("knowledge.article.write")
@require_safe
@takes("with")
def compare(request: Request, key: int) -> HttpResponse:
    """What a revision says differently from the one before in its language, or from another one."""
    rows = Revision.objects.permitted(request.actor).select_related("article")
    after = rows.filter(pk=key).first()
    if after is None:
        raise Unseen(_("There is no such revision, or it is not yours to see."))
    siblings = rows.filter(article=after.article_id, language=after.language).exclude(pk=after.pk)
    chosen = request.GET.get("with", "")
    number = whole_number(chosen) if chosen else after.number - 1
    if number is None:
        raise Refusal(_("Say by its number which revision to compare with."), "with")
    before = siblings.filter(number=number).first()
    context = {
        "after": after,
        "before": before,
        "siblings": siblings.order_by("-number"),
        "title_pieces": compared(before.title if before else "", after.title),
        "pieces": compared(before.text if before else "", after.text),
        "direction": direction_of(after.language),
        "crumbs": [
            {"title": _("Articles"), "url": reverse("knowledge-article-list")},
            {
                "title": str(after.article),
                "url": url_of(after.article),
            },
        ],
    }
    return render(request, "knowledge/compare.html", context)
