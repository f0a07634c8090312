"""Establishing posts and acting on them. The post is locked while its chain of actions grows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal, Untimely, clean_row, command
from meridian.engine.figures import day_text
from meridian.engine.listing.lookup import suggestion
from meridian.engine.policies import Actor
from meridian.kernel.words import near
from meridian.steering.establishment.contracts import ActionKind
from meridian.steering.establishment.facade import ATTRIBUTES, GRADES, Impossible, PostState, Step, succeed
from meridian.steering.staffing.models import Post, PostAction, Stage
from meridian.steering.staffing.queries.states import state_after, state_before


@command("staffing.post.add", on=Post)
def establish_post(*, actor: Actor, reason: str = "", **fields: Any) -> Post:
    """Establish a post; `fields` are those of the post, `starts_on` its first day."""
    changes = {name: str(fields.pop(name)) for name in ATTRIBUTES if fields.get(name)}
    step = Step(ActionKind.ESTABLISH, fields["starts_on"], changes)
    post = Post(**fields)
    show_state(post, _succeed(None, step), step)
    clean_row(post)
    post.save()
    _write(post, step, None, state_of(post), reason)
    return post


@command("staffing.post.change", on=Post, target="row")
def change_post(*, actor: Actor, row: Post, **fields: Any) -> Post:
    """Change the number or the title of a post. What a post is changes by an action alone."""
    for name in (*ATTRIBUTES, "starts_on", "establishment"):
        if name in fields and fields[name] != getattr(row, name):
            raise Refusal(_("This changes by an action on the post, so that its history stays whole."), name)
    for name, value in fields.items():
        setattr(row, name, value)
    clean_row(row)
    row.save()
    return row


@command("staffing.post.remove", on=Post, target="row")
def remove_post(*, actor: Actor, row: Post) -> None:
    """Remove a post that was established by mistake, before anything else happened to it."""
    if row.actions.count() > 1:
        raise Refusal(_("The post has a history. Abolish it instead, or withdraw its later actions first."))
    row.actions.all().delete()
    row.delete()


@command("staffing.post.act", on=Post, target="row")
def act_on_post(
    *,
    actor: Actor,
    row: Post,
    kind: ActionKind,
    effective_on: date,
    changes: Mapping[str, str],
    stated: Mapping[str, str] | None = None,
    reason: str = "",
) -> PostAction:
    """Let something happen to a post from a day on.

    `changes` holds the attributes that become different, `stated` what the post must be now.
    For a transfer `changes["unit_code"]` names the establishment that takes the post over.
    """
    step = Step(ActionKind(kind), effective_on, changes, stated or {})
    if step.kind is ActionKind.ESTABLISH:
        raise Refusal(_("The post %(number)s is established already.") % {"number": row.number}, "kind")
    _refuse_unknown(changes, "changes")
    _refuse_unknown(step.stated, "stated")
    last = row.actions.order_by("-sequence").first()
    if last is not None and effective_on < last.effective_on:
        raise Refusal(
            _("The post has an action of %(day)s: give a later day, or withdraw that action first.")
            % {"day": day_text(last.effective_on)},
            "effective_on",
        )
    before = state_after(last) if last else None
    if before is None:
        raise Untimely(refusal_of(Impossible("absent"), row.number), "kind")
    after = _succeed(before, step, row.number)
    if step.kind is not ActionKind.TRANSFER:
        _refuse_invented(row, changes)
    action = _write(row, step, before, after, reason, changes.get("unit_code", ""))
    show_state(row, after, step)
    clean_row(row)
    row.save()
    return action


def _refuse_unknown(given: Mapping[str, str], field: str) -> None:
    unknown = sorted(set(given) - set(ATTRIBUTES))
    if unknown:
        raise Refusal(
            _("A post has no attribute “%(name)s”; it has %(names)s.")
            % {"name": unknown[0], "names": ", ".join(ATTRIBUTES)},
            field,
        )


def _refuse_invented(post: Post, changes: Mapping[str, str]) -> None:
    """An action invents nothing: a unit or grade stands in a stage, or a post has it already."""
    posts = Post.objects.filter(establishment=post.establishment_id)
    stages = Stage.objects.filter(establishment=post.establishment_id)
    known = {
        "unit_code": lambda: {unit for stage in stages for unit in stage.units},
        "grade": lambda: {*GRADES, *(grade for stage in stages for grade in stage.grades)},
    }
    for name, ruled in known.items():
        value = changes.get(name, "")
        if not value or value == getattr(post, name):
            continue
        held = {*ruled(), *posts.values_list(name, flat=True)} - {""}
        if value not in held:
            said = _("No stage and no post of this establishment has “%(value)s”.") % {"value": value}
            way = _("Name what is new in a stage first.")
            raise Refusal(" ".join(filter(None, [said, suggestion(near(value, held)), way])), name)


@command("staffing.postaction.remove", on=PostAction, target="row")
def withdraw_action(*, actor: Actor, row: PostAction) -> None:
    """Take the last action of a post back; the post is again what it was before."""
    post = Post.objects.select_for_update().get(pk=row.post_id)
    last = post.actions.order_by("-sequence").first()
    before = state_before(row)
    if last != row:
        raise Refusal(_("Later actions build on this one. Withdraw the last action first."))
    if before is None:
        raise Refusal(_("This action made the post. Remove the post instead."))
    row.delete()
    show_state(post, before, Step(ActionKind(row.kind), row.effective_on))
    post.save()


def state_of(post: Post) -> PostState:
    """What a post is after its last action."""
    return PostState(*(getattr(post, name) for name in ATTRIBUTES))


def action_row(
    post: Post, sequence: int, step: Step, halves: tuple[PostState | None, PostState | None]
) -> PostAction:
    """An unsaved action with both its halves; the unit of an empty half may be set by the caller."""
    row = PostAction(post=post, sequence=sequence, kind=step.kind.value, effective_on=step.effective_on)
    for side, state in zip(("from", "to"), halves, strict=True):
        for name in ATTRIBUTES:
            setattr(row, f"{side}_{name}", getattr(state, name) if state else "")
    return row


def show_state(post: Post, state: PostState | None, step: Step) -> None:
    """Let the post's own columns say what it is after `step`; a post that went keeps its last ones."""
    if state is None:
        post.standing = "transferred" if step.kind is ActionKind.TRANSFER else "abolished"
        post.ends_on = step.effective_on
        return
    post.standing, post.ends_on = "standing", None
    for name in ATTRIBUTES:
        setattr(post, name, getattr(state, name))


def _write(
    post: Post,
    step: Step,
    before: PostState | None,
    after: PostState | None,
    reason: str,
    other_unit: str = "",
) -> PostAction:
    action = action_row(post, post.actions.count() + 1, step, (before, after))
    action.reason = reason
    if after is None:
        action.to_unit_code = other_unit
    clean_row(action)
    action.save()
    return action


def _succeed(state: PostState | None, step: Step, number: str = "") -> PostState | None:
    try:
        return succeed(state, step)
    except Impossible as fault:
        raise Refusal(refusal_of(fault, number), fault.values.get("field", "kind")) from fault


def refusal_of(fault: Impossible, number: str = "") -> str:
    """Why an action can't happen, in the reader's words."""
    sentences = {
        "absent": _("The post %(number)s is gone already; nothing more can happen to it."),
        "standing": _("The post %(number)s is established already."),
        "missing": _("Say what changes: %(label)s."),
        "same": _("The post has this already: %(actual)s."),
        "stated": _("The post %(number)s is %(actual)s and not %(stated)s."),
        "foreign": _("An action of this kind doesn't change this: %(label)s."),
    }
    name = fault.values.get("field", "")
    field: Any = Post._meta.get_field(name) if name else None
    label = str(field.verbose_name) if field else ""
    return sentences[fault.code] % {"number": number, "label": label, **fault.values}
