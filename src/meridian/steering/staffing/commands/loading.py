"""Bringing the posts of a paper into rows, all of an establishment in one command."""

from datetime import date

from django.utils.translation import gettext_lazy

from meridian.engine.commands import command
from meridian.engine.policies import Actor
from meridian.steering.establishment.facade import Paper, PlannedPost, PostState, succeed
from meridian.steering.staffing.commands.posts import action_row, show_state
from meridian.steering.staffing.models import Establishment, Headcount, Post, PostAction, Stage


@command("staffing.establishment.add_loaded", on=Establishment, title=gettext_lazy("take in many rows"))
def load_establishment(*, actor: Actor, paper: Paper, unit_id: int, dataset: str) -> Establishment:
    """Write an establishment with its stages, posts, actions and headcounts.

    The steps of a post must follow one another (`Impossible` otherwise).
    """
    establishment = Establishment.objects.create(
        code=f"{dataset}:{paper.code}", name=paper.name, unit_id=unit_id, dataset=dataset
    )
    for stage in paper.stages:
        Stage.objects.create(
            establishment=establishment,
            name=stage.name,
            on=stage.on,
            units=list(stage.units),
            grades=list(stage.grades),
        )
    posts, actions = [], []
    for number, planned in enumerate(paper.posts, 1):
        post = Post(establishment=establishment, number=f"{paper.code[0].upper()}{number:04d}.{dataset[-8:]}")
        posts.append(post)
        actions += _played(post, planned)
    Post.objects.bulk_create(posts)
    PostAction.objects.bulk_create(actions)
    Headcount.objects.bulk_create(
        Headcount(
            establishment=establishment,
            entity=found.entity,
            category=found.category,
            persons=found.persons,
            on=found.on,
        )
        for found in paper.headcounts
    )
    return establishment


def _played(post: Post, planned: PlannedPost) -> list[PostAction]:
    state: PostState | None = None
    post.starts_on = _first_day(planned)
    actions = []
    for sequence, found in enumerate(planned.steps, 1):
        after = succeed(state, found.step)
        row = action_row(post, sequence, found.step, (state, after))
        row.reason = found.reason
        if found.other_unit:
            setattr(row, "to_unit_code" if state else "from_unit_code", found.other_unit)
        show_state(post, after, found.step)
        actions.append(row)
        state = after
    return actions


def _first_day(planned: PlannedPost) -> date:
    return planned.steps[0].step.effective_on
