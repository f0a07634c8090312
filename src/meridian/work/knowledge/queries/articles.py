"""Which revision is read in a language, and what of it is stale."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from meridian.engine.policies import Actor
from meridian.work.knowledge.models import Article, Revision
from meridian.work.knowledge.rules.stale import staleness

APPROVED = Revision.State.APPROVED
# Of a source revision that was replaced, its significance still counts.
ONCE_APPROVED = Q(approved_at__isnull=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody reads of an article: the revision, the source's, and how far it is behind it.

    `stale` is a significance, 0 for none; `others` are the languages in which it can be read too.
    """

    article: Article
    revision: Revision
    source: Revision | None
    stale: int
    others: tuple[str, ...]

    @property
    def is_translated(self) -> bool:
        return self.revision.language != self.article.source_language


def current() -> Q:
    """Articles that may be suggested: published, and not expired by today."""
    today = timezone.localdate()
    return Q(state=Article.State.PUBLISHED) & (Q(expires_on=None) | Q(expires_on__gt=today))


def readings(actor: Actor, articles: Iterable[Article], language: str) -> dict[int, Reading]:
    """By the id of the article what is read of it in a language: its own, else the source's, else any."""
    by_key = {article.pk: article for article in articles}
    rows = Revision.objects.permitted(actor, "view").filter(article__in=by_key, state=APPROVED)
    approved: dict[int, dict[str, Revision]] = {}
    for revision in rows.select_related("based_on"):
        approved.setdefault(revision.article_id, {})[revision.language] = revision
    grave = _significances(by_key.values())
    return {
        key: _reading(by_key[key], texts, grave.get(key, []), language) for key, texts in approved.items()
    }


def reading(actor: Actor, article: Article, language: str) -> Reading | None:
    """What is read of one article; None when nothing of it is approved."""
    return readings(actor, [article], language).get(article.pk)


def _reading(
    article: Article, texts: dict[str, Revision], grave: list[tuple[int, int]], language: str
) -> Reading:
    source = texts.get(article.source_language)
    revision = texts.get(language) or source or next(iter(texts.values()))
    stale = 0
    if revision.language != article.source_language:
        stale = staleness(revision.based_on.number if revision.based_on else None, grave)
    others = tuple(sorted(set(texts) - {revision.language}))
    return Reading(article, revision, source, stale, others)


def _significances(articles: Iterable[Article]) -> dict[int, list[tuple[int, int]]]:
    """Number and significance of every revision of the source language that was ever approved."""
    languages = {article.pk: article.source_language for article in articles}
    rows = Revision.objects.filter(ONCE_APPROVED, article__in=languages)
    found: dict[int, list[tuple[int, int]]] = {}
    for article, language, number, significance in rows.values_list(
        "article", "language", "number", "significance"
    ):
        if language == languages[article]:
            found.setdefault(article, []).append((number, significance))
    return found


def stale_translations(articles: Iterable[Article]) -> list[tuple[Revision, int]]:
    """Approved translations that are behind their source, the gravest first."""
    by_key = {article.pk: article for article in articles}
    grave = _significances(by_key.values())
    rows = Revision.objects.filter(article__in=by_key, state=APPROVED).select_related("based_on", "article")
    behind = (
        (row, staleness(row.based_on.number if row.based_on else None, grave.get(row.article_id, [])))
        for row in rows
        if row.language != row.article.source_language
    )
    return sorted(
        ((row, level) for row, level in behind if level), key=lambda found: (-found[1], found[0].pk)
    )
