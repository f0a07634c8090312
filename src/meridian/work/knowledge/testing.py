"""Articles for tests: published in some languages, by two people who aren't the same."""

from typing import Any

from meridian.engine.policies import Actor, Grant
from meridian.work.knowledge import commands
from meridian.work.knowledge.models import Article, Revision, Use

WRITER = frozenset({"knowledge.*.view", "knowledge.article.*", "knowledge.revision.*"})


def knower(person: Any) -> Actor:
    """Somebody who may write and approve."""
    return Actor(person.pk, person.pk, str(person), (Grant(WRITER),))


def published(writer: Any, keeper: Any, texts: dict[str, tuple[str, str]], **facts: Any) -> Article:
    """An article by `writer`, approved by `keeper`, in each language of `texts`; the first is the source."""
    first = next(iter(texts))
    row = commands.add_article(actor=knower(writer), owner=writer, source_language=first, **facts)
    for language, (title, text) in texts.items():
        revise(writer, keeper, row, language, title, text)
    return Article.objects.get(pk=row.pk)


def revise(
    writer: Any, keeper: Any, row: Article, language: str, title: str, text: str, **facts: Any
) -> Revision:
    """A further approved revision."""
    commands.write(actor=knower(writer), row=row, language=language, title=title, text=text, **facts)
    draft = row.revisions.get(language=language, state="draft")
    commands.send(actor=knower(writer), row=draft)
    return commands.approve(actor=knower(keeper), row=draft)


def _stored_revision(make: Any, number: int, **values: Any) -> Revision:
    given = {
        "article": None,
        "language": "en",
        "number": number,
        "title": f"Title {number}",
        "text": "Words.",
    }
    given |= values
    given["article"] = given["article"] or make(Article)
    return Revision.objects.create(**given)


FACTORIES = {
    Article: {"title": lambda number: {"en": f"Article {number}"}},
    Revision: _stored_revision,
    Use: {"way": "read"},
}
