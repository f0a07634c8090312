"""What knowledge does by itself: its owners are told what wants a look."""

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.notices.commands import Tidings, tell
from meridian.engine.notices.words import in_words
from meridian.engine.policies import system_actor
from meridian.registers.access.facade import account_ids_of
from meridian.work.knowledge.models import Article
from meridian.work.knowledge.queries.articles import stale_translations
from meridian.work.knowledge.queries.showing import name_of

HOUSE = system_actor("Knowledge")


def tell_owners(timestamp: int) -> None:
    """Every morning tell who owns an article what has come: once for each day that was set, and once for how
    far a translation is behind."""
    for owner, tidings in (*_ended(), *_behind()):
        tell(actor=HOUSE, account_ids=account_ids_of([owner]), tidings=tidings)


def _ended() -> Iterator[tuple[int, Tidings]]:
    """Articles whose review is due or that have expired."""
    today = timezone.localdate()
    published = Article.objects.filter(state=Article.State.PUBLISHED)
    for row in published.filter(Q(review_due__lte=today) | Q(expires_on__lte=today)).order_by("pk"):
        if row.expires_on and row.expires_on <= today:
            sentence = _("“%(title)s” has expired: it is suggested to nobody any more")
            occasion = f"expired.{row.expires_on}"
        else:
            sentence = _("“%(title)s” is to be reviewed: say that it is still true, or change it")
            occasion = f"review.{row.review_due}"
        yield row.owner_id, _tidings(row, in_words(sentence, title=row.title), occasion)


def _behind() -> Iterator[tuple[int, Tidings]]:
    """Translations that do not say any more what their source says."""
    rows = Article.objects.filter(state=Article.State.PUBLISHED)
    for revision, level in stale_translations(rows):
        text = in_words(
            _("“%(title)s” has changed, and what it says in %(language)s has not"),
            title=revision.article.title,
            language=name_of(revision.language),
        )
        yield (
            revision.article.owner_id,
            _tidings(revision.article, text, f"stale.{revision.pk}.{level}"),
        )


def _tidings(row: Article, text: str, occasion: str) -> Tidings:
    url = reverse("knowledge-article-write", args=(row.pk,))
    return Tidings("knowledge.due", text, url, occasion=f"knowledge.{row.pk}.{occasion}")
