"""The day of who keeps knowledge: what to review, what is stale or ends, what people ask in vain."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.figures import day_text, number_text
from meridian.engine.listing.cut import Cut, cut
from meridian.engine.modules.registry import proof_address
from meridian.engine.pages.entry import needs
from meridian.engine.pages.first_page import list_url
from meridian.engine.policies import Actor, Request, policy_of
from meridian.engine.values import url_of
from meridian.work.knowledge.contracts import Way
from meridian.work.knowledge.models import Article, Revision, Use
from meridian.work.knowledge.parts import stale_word
from meridian.work.knowledge.queries.articles import stale_translations
from meridian.work.knowledge.queries.counting import Gap, counts_of, gaps_since, outcomes_since
from meridian.work.knowledge.queries.showing import name_of
from meridian.work.knowledge.rules.counting import Session

MOST_ROWS = 30
SOON = timedelta(days=30)
COUNTED_DAYS = 90


@needs("knowledge.revision.approve")
@require_safe
def keeping(request: Request) -> HttpResponse:
    """Everything that waits for who keeps knowledge, each with the way to do it."""
    actor, since = request.actor, timezone.now() - timedelta(days=COUNTED_DAYS)
    published = Article.objects.permitted(actor).filter(state=Article.State.PUBLISHED)
    context = {
        "parts": [
            _reviews(actor) | {"empty": _("Nothing waits for a review.")},
            _due(published) | {"empty": _("No review is due, and nothing expires.")},
            _stale(published) | {"empty": _("Every translation says what its source says.")},
            {
                "table": _gaps(gaps_since(since, MOST_ROWS)),
                "empty": _("Nobody has asked for something that is not written down."),
            },
            _used(actor) | {"empty": _("Nothing was read yet.")},
        ],
        "tiles": _tiles(outcomes_since(since)),
        "days": COUNTED_DAYS,
        "may_write": actor.holds("knowledge.article.add"),
    }
    return render(request, "knowledge/keeping.html", context)


def _reviews(actor: Actor) -> dict[str, Any]:
    rows = Revision.objects.permitted(actor).filter(state=Revision.State.REVIEW)
    found = cut(rows.select_related("article", "author").order_by("written_at"), MOST_ROWS)
    columns = [
        Column(_("Revision")),
        Column(_("Language")),
        Column(_("Written by")),
        Column(_("Since"), "date"),
    ]
    lines = [
        Row(
            [
                Cell(row.title, url=url_of(row)),
                Cell(name_of(row.language)),
                Cell(str(row.author or "")),
                Cell(day_text(row.written_at.date()), "date", instant=row.written_at.isoformat()),
            ]
        )
        for row in found.shown
    ]
    return {"table": Table(_("To review"), columns, lines), "cut": found}


def _due(published: Any) -> dict[str, Any]:
    """Articles whose review is due or that expire within a month, the soonest first."""
    until = timezone.localdate() + SOON
    rows = published.filter(Q(review_due__lte=until) | Q(expires_on__lte=until)).select_related("owner")
    found = cut(rows.order_by("review_due", "code"), MOST_ROWS)
    columns = [
        Column(_("Article")),
        Column(_("Owner")),
        Column(_("Review due"), "date"),
        Column(_("Expires"), "date"),
    ]
    lines = [
        Row(
            [
                Cell(str(row), url=url_of(row)),
                Cell(str(row.owner)),
                _day(row.review_due),
                _day(row.expires_on),
            ]
        )
        for row in found.shown
    ]
    return {"table": Table(_("Review due or expiring within 30 days"), columns, lines), "cut": found}


def _day(day: Any) -> Cell:
    return Cell(day_text(day), "date", instant=day.isoformat()) if day else Cell("–")


def _stale(published: Any) -> dict[str, Any]:
    behind = stale_translations(published)
    found = Cut(behind[:MOST_ROWS], len(behind))
    columns = [Column(_("Translation")), Column(_("Language")), Column(_("How it stands"))]
    lines = [
        Row(
            [
                Cell(row.title, url=_write_url(row)),
                Cell(name_of(row.language)),
                Cell(stale_word(level), "state", tone="bad" if level >= 30 else "watch"),
            ]
        )
        for row, level in found.shown
    ]
    return {"table": Table(_("Stale translations"), columns, lines), "cut": found}


def _write_url(row: Revision) -> str:
    asked = urlencode({"language": row.language})
    return f"{reverse('knowledge-article-write', args=(row.article_id,))}?{asked}"


def _gaps(gaps: list[Gap]) -> Table:
    columns = [
        Column(_("Asked in these words")),
        Column(_("Times"), "number"),
        Column(_("Last"), "date"),
    ]
    lines = [
        Row(
            [
                Cell(gap.words, url=f"{reverse('knowledge-new')}?{urlencode({'title': gap.words})}"),
                Cell(
                    number_text(gap.times),
                    "number",
                    proof=proof_address("knowledge.gap", gap.times, words=gap.words, days=COUNTED_DAYS),
                ),
                Cell(day_text(gap.last_at.date()), "date", instant=gap.last_at.isoformat()),
            ]
        )
        for gap in gaps
    ]
    return Table(_("Asked and not found"), columns, lines)


def _used(actor: Actor) -> dict[str, Any]:
    """What was read most: how often each revision served."""
    rows = Revision.objects.permitted(actor).filter(state=Revision.State.APPROVED).select_related("article")
    counts = counts_of(rows.values_list("pk", flat=True))
    served = sorted(
        (row for row in rows if row.pk in counts), key=lambda row: (-counts[row.pk].get(Way.READ, 0), row.pk)
    )
    found = Cut(served[:MOST_ROWS], len(served))
    ways = (Way.SHOWN, Way.READ, Way.SOLVED, Way.TEXT, Way.LINK)
    titles = dict(Use.WAYS)
    columns = [Column(_("Revision")), *(Column(str(titles[way]).capitalize(), "number") for way in ways)]
    may_list = policy_of(Use).may(actor, "view")
    lines = [
        Row(
            [
                Cell(str(row), url=url_of(row)),
                *(_count(row, way, counts[row.pk].get(way, 0), may_list=may_list) for way in ways),
            ]
        )
        for row in found.shown
    ]
    return {"table": Table(_("How often each revision served"), columns, lines), "cut": found}


def _count(row: Revision, way: Way, count: int, *, may_list: bool) -> Cell:
    """A number that leads to what it counts, for who may read that one by one."""
    if not may_list:
        return Cell(number_text(count), "number", proof=Unproved.SEALED)
    url = list_url(Use, revision=str(row.pk), way=way.value) if count else ""
    return Cell(number_text(count), "number", url, proof=Unproved.LISTED)


def _tiles(found: Mapping[str, list[Session]]) -> list[dict[str, Any]]:
    """Two numbers apart: what people said, and what only nobody contradicted."""
    named = (
        ("shown", _("Askings that were shown something"), "still"),
        ("read", _("in which an article was read"), "still"),
        ("said_solved", _("in which it was said to solve it"), "good"),
        ("settled", _("read and older than 72 hours"), "still"),
        ("quiet", _("after which nobody asked within 72 hours"), "good"),
        ("again", _("after which the desk was asked all the same"), "watch"),
    )
    return [
        {
            "number": number_text(len(found[what])),
            "label": label,
            "tone": tone if found[what] else "still",
            "proof": proof_address("knowledge.deflection", len(found[what]), what=what, days=COUNTED_DAYS),
        }
        for what, label, tone in named
    ]
