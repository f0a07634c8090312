"""Who reads which article, and who writes."""

from typing import ClassVar

from django.db.models import Q

from meridian.engine.policies import NOBODY, Actor, Policy
from meridian.work.knowledge.models import Article, Revision

OUT = Q(state=Article.State.PUBLISHED, audience=Article.Audience.EVERYBODY)


class ArticlePolicy(Policy):
    """Everybody reads what is published for everybody; the rest is for those who have a part in the work.

    Knowledge belongs to no unit: what somebody may do with it anywhere they may do with all of it.
    """

    narrower: ClassVar = {"queue": "view"}
    fixed = ("source_language", "grown_from")

    def rows(self, actor: Actor, action: str) -> Q:
        return Q() if actor.unit_paths(self.code(action)) else super().rows(actor, action)

    def own(self, actor: Actor, action: str) -> Q:
        return OUT if action in ("view", "export") else NOBODY


class RevisionPolicy(Policy):
    """Everybody reads what is approved of articles for everybody; drafts are for those who write."""

    narrower: ClassVar = {"queue": "view"}
    fixed = ("article", "language", "based_on")

    def rows(self, actor: Actor, action: str) -> Q:
        return Q() if actor.unit_paths(self.code(action)) else super().rows(actor, action)

    def own(self, actor: Actor, action: str) -> Q:
        if action not in ("view", "export"):
            return NOBODY
        return Q(
            state=Revision.State.APPROVED,
            article__state=Article.State.PUBLISHED,
            article__audience=Article.Audience.EVERYBODY,
        )


class UsePolicy(Policy):
    """What one does with an article is counted for everybody; the words are read by who keeps knowledge."""

    everyone = frozenset({"note"})
