"""Articles: begun, grown from an item, confirmed, retired."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.commands import Refusal, Untimely, command, write_row
from meridian.engine.numbering import Series, next_number
from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.work.knowledge.contracts import REVIEW_EVERY
from meridian.work.knowledge.models import Article, Revision
from meridian.work.knowledge.queries.private import draft_of
from meridian.work.servicedesk.facade import Category, WorkItem

Person = reference("people.Person")
SERIES = Series("KB", 4)


@command("knowledge.article.add", on=Article)
def add_article(
    *,
    actor: Actor,
    owner: Person,
    audience: Article.Audience = Article.Audience.EVERYBODY,
    source_language: str = "en",
    category: Category | None = None,
    review_due: date | None = None,
    expires_on: date | None = None,
) -> Article:
    """Begin an article; what it says is written as its first revision."""
    return _begun(
        owner=owner,
        audience=audience,
        source_language=source_language,
        category=category,
        review_due=review_due,
        expires_on=expires_on,
    )


def _begun(**fields: Any) -> Article:
    number = next_number(SERIES)
    return write_row(Article(code=number, title={fields["source_language"]: number}), fields)


@command("knowledge.article.grow", on=Article, title=gettext_lazy("write an article of a solved item"))
def grow(*, actor: Actor, item: WorkItem) -> Article:
    """Begin an article from how an item was solved, with what is private taken out.

    The draft is for its writer to read first: others see it when somebody else has approved it.
    """
    if item.state not in item.folded.ENDED or not (item.resolution or item.resolved_at):
        raise Untimely(
            _("%(number)s is not solved yet: an article grows from a solution.") % {"number": item.number}
        )
    if actor.person_id is None:
        raise Refusal(_("An article has a writer: sign in with an account that is a person's."))
    writer = Person.objects.get(pk=actor.person_id)
    draft = draft_of(item)
    article = _begun(owner=writer, audience="desk", source_language=draft.language, category=item.category)
    article.grown_from, article.title = item, {draft.language: draft.title}
    article.save()
    Revision.objects.create(
        article=article,
        language=draft.language,
        number=1,
        title=draft.title,
        text=draft.text,
        author=writer,
    )
    return article


@command("knowledge.article.confirm", on=Article, target="row")
def confirm(*, actor: Actor, row: Article, review_due: date | None = None) -> Article:
    """Say that the article is still true, and by when it is looked at again: in a year unless said."""
    today = timezone.localdate()
    if row.state != Article.State.PUBLISHED:
        raise Untimely(_("“%(row)s” is not published.") % {"row": row})
    if review_due is not None and review_due <= today:
        raise Refusal(_("The next review lies ahead: choose a later day."), "review_due")
    row.review_due = review_due or today + REVIEW_EVERY
    row.save()
    return row


@command("knowledge.article.retire", on=Article, target="row")
def retire(*, actor: Actor, row: Article) -> Article:
    """Take the article away from its readers, in every language; it stays on record."""
    if row.state == Article.State.RETIRED:
        raise Untimely(_("“%(row)s” is retired already.") % {"row": row})
    row.revisions.filter(state=Revision.State.APPROVED).update(state=Revision.State.RETIRED)
    row.state = Article.State.RETIRED
    row.save()
    return row
