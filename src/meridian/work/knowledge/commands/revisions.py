"""Revisions: written, sent to be reviewed, approved or given back; one is current in a language."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal, Untimely, clean_row, command
from meridian.engine.policies import Actor
from meridian.engine.translation import language_codes
from meridian.work.knowledge.contracts import REVIEW_EVERY
from meridian.work.knowledge.models import Article, Revision

OPEN = (Revision.State.DRAFT, Revision.State.REVIEW)


@command("knowledge.article.write", on=Article, target="row")
def write(
    *,
    actor: Actor,
    row: Article,
    title: str,
    text: str,
    language: str = "en",
    significance: int = Revision.Significance.LARGE,
    note: str = "",
) -> Article:
    """Write what the article says in a language; what is being written there already is written anew.

    A translation is based on the revision of the source language that is current now.
    """
    if language not in language_codes():
        raise Refusal(_("Choose one of our languages."), "language")
    source = _current(row, row.source_language)
    is_translation = language != row.source_language
    if is_translation and source is None:
        raise Untimely(
            _("Nothing is approved in the language of the article yet: that comes before translations.")
        )
    revision = row.revisions.filter(language=language, state__in=OPEN).first() or _next(row, language)
    fields: dict[str, Any] = {
        "title": title,
        "text": text,
        "significance": significance,
        "note": note,
        "based_on": source if is_translation else None,
        "state": Revision.State.DRAFT,
        "given_back": "",
        "written_at": timezone.now(),
    }
    for name, value in fields.items():
        setattr(revision, name, value)
    revision.author_id = actor.person_id
    clean_row(revision)
    revision.save()
    _name(row)
    return row


def _next(article: Article, language: str) -> Revision:
    numbers = article.revisions.filter(language=language).values_list("number", flat=True)
    return Revision(article=article, language=language, number=max(numbers, default=0) + 1)


def _current(article: Article, language: str) -> Revision | None:
    found: Revision | None = article.revisions.filter(
        language=language, state=Revision.State.APPROVED
    ).first()
    return found


def _name(article: Article) -> None:
    """Keep the titles of the article: those that are approved, else that of the draft."""
    rows = article.revisions.filter(state=Revision.State.APPROVED)
    titles = dict(rows.values_list("language", "title"))
    if not titles:
        titles = dict(article.revisions.filter(state__in=OPEN).values_list("language", "title"))
    article.title = titles or article.title
    article.save()


@command("knowledge.revision.send", on=Revision, target="row")
def send(*, actor: Actor, row: Revision) -> Revision:
    """Ask for a review of a draft."""
    if row.state != Revision.State.DRAFT:
        raise Untimely(_("“%(row)s” is no draft.") % {"row": row})
    row.state = Revision.State.REVIEW
    row.save()
    return row


@command("knowledge.revision.approve", on=Revision, target="row")
def approve(*, actor: Actor, row: Revision) -> Revision:
    """Give a reviewed revision to the readers, in the place of the one before; nobody approves their own."""
    if row.state != Revision.State.REVIEW:
        raise Untimely(_("“%(row)s” does not wait for a review.") % {"row": row})
    if row.author_id is not None and row.author_id == actor.person_id:
        raise Refusal(_("You wrote this yourself: somebody else approves it."))
    article = Article.objects.select_for_update().get(pk=row.article_id)
    article.revisions.filter(language=row.language, state=Revision.State.APPROVED).update(
        state=Revision.State.RETIRED
    )
    row.state, row.approved_at, row.decided_by_id = Revision.State.APPROVED, timezone.now(), actor.person_id
    row.save()
    if row.language == article.source_language or article.state != Article.State.PUBLISHED:
        article.review_due = _review_due(article)
    article.state = Article.State.PUBLISHED
    _name(article)
    return row


def _review_due(article: Article) -> Any:
    """A review looks at all of it: the next is a year from now, unless a later day was chosen."""
    next_due = timezone.localdate() + REVIEW_EVERY
    return max(article.review_due or next_due, next_due)


@command("knowledge.revision.give_back", on=Revision, target="row")
def give_back(*, actor: Actor, row: Revision, because: str) -> Revision:
    """Give a revision back to its writer, with what is to be mended."""
    if row.state != Revision.State.REVIEW:
        raise Untimely(_("“%(row)s” does not wait for a review.") % {"row": row})
    row.state, row.given_back, row.decided_by_id = Revision.State.DRAFT, because, actor.person_id
    clean_row(row)
    row.save()
    return row


@command("knowledge.revision.remove", on=Revision, target="row")
def throw_away(*, actor: Actor, row: Revision) -> None:
    """Throw a draft away; what was approved once stays on record."""
    if row.state not in OPEN or row.approved_at is not None:
        raise Refusal(_("“%(row)s” was approved once and stays on record.") % {"row": row})
    row.delete()
