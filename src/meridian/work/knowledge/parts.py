"""What knowledge says on the pages of others: while asking, while answering, and to who keeps it."""

from functools import partial
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meridian.engine.guide.rules import plain_words
from meridian.engine.helping import Asked, Help
from meridian.engine.pages.first_page import Part, counted
from meridian.engine.pages.slots import ActionPart, FirstPagePart
from meridian.engine.policies import Actor
from meridian.engine.policies.request import Request
from meridian.work.knowledge import commands
from meridian.work.knowledge.contracts import Way
from meridian.work.knowledge.models import Article, Revision
from meridian.work.knowledge.queries.articles import Reading
from meridian.work.knowledge.queries.likely import likely_readings
from meridian.work.knowledge.queries.showing import gist
from meridian.work.servicedesk.facade import WorkItem


def while_asking(actor: Actor, asked: Asked) -> list[Help]:
    """Articles that may answer what is being typed; what was asked and shown is counted."""
    found = [
        one
        for one in likely_readings(actor, asked.words, get_language() or "en")
        if one.article.audience == Article.Audience.EVERYBODY
    ]
    revisions = [one.revision for one in found]
    commands.note(
        actor=actor, way=Way.ASKED.value, asking=UUID(asked.key), words=asked.words.strip(), found=revisions
    )
    return [_to_ask(one, asked.key) for one in found]


def _to_ask(found: Reading, asking: str) -> Help:
    asked = urlencode({"asking": asking})
    return Help(
        key=found.article.code,
        title=found.revision.title,
        gist=gist(found.revision),
        url=f"{reverse('knowledge-article', args=(found.article.code,))}?{asked}",
        language=found.revision.language,
        note=stale_word(found.stale),
        tone="watch" if found.stale else "still",
        solved_url=f"{reverse('knowledge-solved', args=(found.article.code,))}?{asked}",
    )


def while_answering(actor: Actor, item: WorkItem, words: str) -> list[Help]:
    """Articles that may answer an item, or what the agent looks for, in the language of whoever asked."""
    language = item.requester.language or item.language
    found = likely_readings(actor, words or _words_of(item), language)
    return [_to_answer(actor, item, one) for one in found]


def _words_of(item: WorkItem) -> str:
    asked = item.messages.filter(visibility="public").order_by("pk").values_list("text", flat=True).first()
    return f"{item.title} {(asked or '')[:500]}"


def _to_answer(actor: Actor, item: WorkItem, found: Reading) -> Help:
    is_inner = found.article.audience == Article.Audience.DESK
    return Help(
        key=found.article.code,
        title=found.revision.title,
        gist=gist(found.revision),
        url=reverse("knowledge-article", args=(found.article.code,)),
        language=found.revision.language,
        note=_("for the desk only") if is_inner else stale_word(found.stale),
        tone="watch" if found.stale else "still",
        text="" if is_inner else _reply_text(found.revision),
        is_internal=is_inner,
        used=partial(_count_use, actor, item, found.revision),
    )


def _reply_text(revision: Revision) -> str:
    """The text as a reply says it: a line for each paragraph or step, without markup."""
    lines = (plain_words(line) or "" for line in revision.text.splitlines())
    return f"{revision.title}\n\n" + "\n".join(lines).strip()


def _count_use(actor: Actor, item: WorkItem, revision: Revision, way: str) -> None:
    commands.note(actor=actor, way=way, item=item, found=[revision])


def stale_word(level: int) -> str:
    """A word on a translation that is behind its source."""
    if level >= Revision.Significance.LARGE:
        return _("out of date")
    return _("a little behind") if level else ""


def to_keep(request: Request) -> FirstPagePart | None:
    """What waits for who keeps knowledge: revisions to review, articles whose review is due."""
    waiting = Revision.objects.permitted(request.actor).filter(state=Revision.State.REVIEW)
    today = timezone.localdate()
    due = Article.objects.permitted(request.actor).filter(
        state=Article.State.PUBLISHED, review_due__lte=today
    )
    figures = [
        counted(waiting, _("Revisions to review"), "accent", state=Revision.State.REVIEW.value),
        counted(
            due,
            _("Articles whose review is due"),
            "watch",
            state=Article.State.PUBLISHED.value,
            review_due_to=today.isoformat(),
        ),
    ]
    if not any(figure.count for figure in figures):
        return None
    return Part(_("Knowledge to keep"), reverse("knowledge-keeping"), figures=figures).given()


def grow_it(actor: Actor, row: WorkItem | None) -> ActionPart | None:
    """What was solved once may be known by all: the beginning of an article."""
    if row is None or row.state not in row.folded.ENDED or not row.resolution:
        return None
    return ActionPart(
        _("Write an article of it"), reverse("knowledge-grow", args=(row.number,)), "document", post=True
    )


def read_it(actor: Actor, row: Article | None) -> ActionPart | None:
    """The way from the record of an article to the article as it is read."""
    if row is None or row.state == Article.State.DRAFT:
        return None
    return ActionPart(_("Read"), reverse("knowledge-article", args=(row.code,)), "document")


def compare_it(actor: Actor, row: Revision | None) -> ActionPart | None:
    """The way from a revision to what it says differently."""
    if row is None or not actor.holds("knowledge.article.write"):
        return None
    return ActionPart(_("What changed"), reverse("knowledge-compare", args=(row.pk,)), "history")
