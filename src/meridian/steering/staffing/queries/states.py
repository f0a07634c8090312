"""Posts as they stand on a day: the last action of each post that has taken effect."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from meridian.engine.policies import Actor
from meridian.steering.establishment.facade import ATTRIBUTES, PostState
from meridian.steering.staffing.models import Establishment, Post, PostAction, Stage


def latest_actions(posts: QuerySet[Post], on: date) -> QuerySet[PostAction]:
    """The last action of each of `posts` by `on`, of the posts that stand after it."""
    last = (
        PostAction.objects.filter(post__in=posts.order_by().values("pk"), effective_on__lte=on)
        .order_by("post_id", "-sequence")
        .distinct("post_id")
        .values("pk")
    )
    return PostAction.objects.filter(pk__in=last).exclude(to_grade="").order_by("post_id")


def states_on(posts: QuerySet[Post], on: date) -> dict[int, PostState]:
    """The state on a day of every post that stands then, by the post's id."""
    columns = ("post_id", *(f"to_{name}" for name in ATTRIBUTES))
    return {key: PostState(*values) for key, *values in latest_actions(posts, on).values_list(*columns)}


def state_after(action: PostAction) -> PostState | None:
    """What the action left; None when the post was gone."""
    return _half(action, "to")


def state_before(action: PostAction) -> PostState | None:
    """What the action found; None when there was no post."""
    return _half(action, "from")


def _half(action: PostAction, side: str) -> PostState | None:
    if not getattr(action, f"{side}_grade"):
        return None
    return PostState(*(getattr(action, f"{side}_{name}") for name in ATTRIBUTES))


def establishments(actor: Actor) -> list[Establishment]:
    """The establishments that have posts and that the actor may see, the own ones first."""
    seen = Post.objects.permitted(actor).order_by().values("establishment")
    return list(Establishment.objects.permitted(actor).filter(pk__in=seen).order_by("dataset", "name", "pk"))


def stages_of(establishment: Establishment) -> list[Stage]:
    """The stages of its post table, the earliest first."""
    return list(establishment.stages.order_by("on"))


def stage_for(stages: Iterable[Stage], on: date) -> Stage | None:
    """The last stage on or before a day: its order of units and grades is used."""
    return max((stage for stage in stages if stage.on <= on), key=lambda stage: stage.on, default=None)


def actions_between(establishment: Establishment, after: date, until: date) -> QuerySet[PostAction]:
    """Actions that took effect after `after` and by `until`, in the order of their days."""
    found: Any = PostAction.objects.filter(
        post__establishment=establishment, effective_on__gt=after, effective_on__lte=until
    )
    return found.select_related("post").order_by("effective_on", "post_id", "sequence")
