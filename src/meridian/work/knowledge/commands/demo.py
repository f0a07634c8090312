"""What the demo organisation knows: articles in six languages, some behind, and how they were used."""

import json
from datetime import timedelta
from importlib import resources
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy

from meridian.engine.commands import command
from meridian.engine.numbering import next_numbers
from meridian.engine.policies import Actor
from meridian.work.knowledge.commands.articles import SERIES
from meridian.work.knowledge.contracts import REVIEW_EVERY, Way
from meridian.work.knowledge.models import Article, Revision, Use
from meridian.work.servicedesk.facade import Category, Membership

SEED = 20_261_127
DAYS = 60
ASKINGS = 240
GAPS_EACH = 5


def tell(actor: Actor) -> None:
    """Load what the demo organisation knows, once, where somebody can own it."""
    text = (resources.files("meridian.work.knowledge") / "data" / "demo.json").read_text(encoding="utf-8")
    owners = list(Membership.objects.order_by("pk").values_list("person", flat=True)[:40])
    if owners and not Article.objects.exists():
        load(actor=actor, told=json.loads(text), owners=owners)


@command(
    "knowledge.article.add_loaded",
    on=Article,
    action="add",
    title=gettext_lazy("load the articles of the demo organisation"),
)
def load(*, actor: Actor, told: dict[str, Any], owners: list[int]) -> Article:
    """Load articles with their revisions and uses as they are told."""
    numbers = next_numbers(SERIES, len(told["articles"]))
    categories = dict(Category.objects.values_list("code", "pk"))
    articles = Article.objects.bulk_create(
        _article(one, code, owners[place % len(owners)], place, categories)
        for place, (one, code) in enumerate(zip(told["articles"], numbers, strict=True))
    )
    pairs = list(zip(articles, told["articles"], strict=True))
    sources = Revision.objects.bulk_create(
        _revision(article, article.source_language, one["texts"]) for article, one in pairs
    )
    Revision.objects.bulk_create(
        _revision(article, language, one["texts"], source)
        for (article, one), source in zip(pairs, sources, strict=True)
        for language in one["texts"]
        if language != article.source_language
    )
    later = [
        (row, one["later"]) for row, (_article_, one) in zip(sources, pairs, strict=True) if "later" in one
    ]
    Revision.objects.filter(pk__in=[row.pk for row, _later in later if _later["state"] == "approved"]).update(
        state=Revision.State.RETIRED
    )
    Revision.objects.bulk_create(_later(row, change) for row, change in later)
    Use.objects.bulk_create(_uses(Random(SEED), told["gaps"]))
    return articles[-1]


def _article(one: dict[str, Any], code: str, owner: int, place: int, categories: dict[str, int]) -> Article:
    today = timezone.localdate()
    expires = one.get("expires_in_days")
    return Article(
        code=code,
        title={language: said[0] for language, said in one["texts"].items()},
        state=Article.State.PUBLISHED,
        source_language=one.get("source", "en"),
        audience=one.get("audience", "everybody"),
        owner_id=owner,
        category_id=categories.get(one.get("category", "")),
        review_due=today + timedelta(days=one.get("due_in_days", 30 + 17 * place)),
        expires_on=today + timedelta(days=expires) if expires else None,
    )


def _revision(
    article: Article, language: str, texts: dict[str, list[str]], source: Revision | None = None
) -> Revision:
    title, text = texts[language]
    written = timezone.now() - REVIEW_EVERY / 2
    return Revision(
        article=article,
        language=language,
        number=1,
        title=title,
        text=text,
        based_on=source,
        state=Revision.State.APPROVED,
        author_id=article.owner_id,
        written_at=written,
        approved_at=written,
    )


def _later(source: Revision, change: dict[str, Any]) -> Revision:
    """A further revision of the source: approved, its translations are behind it; in review, it waits."""
    is_approved = change["state"] == "approved"
    written = timezone.now() - timedelta(days=20)
    return Revision(
        article=source.article,
        language=source.language,
        number=2,
        title=source.title,
        text=source.text.replace(*change["instead"]),
        significance=change["significance"],
        note=change["note"],
        state=change["state"],
        author_id=source.author_id,
        written_at=written,
        approved_at=written if is_approved else None,
    )


def _uses(random: Random, gaps: list[list[str]]) -> list[Use]:
    """Askings of the last weeks: most are shown something, some read it, fewer say that it solved it."""
    people = list(Membership.objects.order_by("-pk").values_list("person", flat=True)[:200])
    revisions = list(Revision.objects.filter(state=Revision.State.APPROVED).order_by("pk"))
    uses = []
    for _turn in range(ASKINGS):
        row, person, key, at = random.choice(revisions), random.choice(people), _key(random), _at(random)
        facts = {"asking": key, "person_id": person, "language": row.language}
        uses.append(Use(way=Way.ASKED, words=row.title, found=1, at=at, **facts))
        for way, share in ((Way.SHOWN, 1.0), (Way.READ, 0.6), (Way.SOLVED, 0.35)):
            if random.random() > share:
                break
            at += timedelta(seconds=random.randint(5, 90))
            uses.append(Use(way=way, revision=row, at=at, **facts))
    for language, words in gaps:
        for _turn in range(random.randint(1, GAPS_EACH)):
            facts = {"asking": _key(random), "person_id": random.choice(people), "language": language}
            uses.append(Use(way=Way.ASKED, words=words, found=0, at=_at(random), **facts))
    return uses


def _key(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)


def _at(random: Random) -> Any:
    return timezone.now() - timedelta(minutes=random.randint(30, DAYS * 24 * 60))
