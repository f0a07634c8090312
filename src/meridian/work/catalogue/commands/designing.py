"""Making versions: drafts are written, published ones are pinned by orders and never change."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as noop

from meridian.engine.commands import Refusal, Untimely, clean_row, command
from meridian.engine.policies import Actor
from meridian.engine.translation import language_codes
from meridian.kernel.words import can_be_seen
from meridian.work.approvals.facade import is_expression
from meridian.work.catalogue import rules
from meridian.work.catalogue.contracts import VersionState
from meridian.work.catalogue.models import Item, Version

COPIED = (
    *("name", "summary", "description", "questions", "approvals", "plan", "price", "currency"),
    *("price_unit", "is_chargeable", "level_hours", "audience", "language_note"),
)
FIELD_WORDS = {
    "list": noop("At most 60 questions can be asked."),
    "key": noop("Each question needs a key of its own, of small letters, digits and underscores."),
    "type": noop("Each question needs a type that there is, and a label."),
    "options": noop("What is chosen from needs options with keys of their own."),
    "repeats": noop("A question is answered once, or up to 20 times."),
    "when": noop("A condition names earlier questions, and the keys of options that they have."),
}
PLAN_WORDS = {
    "list": noop("At most 30 tasks can be planned."),
    "key": noop("Each task needs a key of its own, and a name."),
    "after": noop("A task can only follow tasks of the same plan."),
    "hours": noop("A task takes between 1 and 2,000 open hours."),
    "team": noop("The team of a task is the code of a team."),
    "ring": noop("These tasks wait for each other: no one of them could begin."),
}


@command("catalogue.version.draft", on=Version, title=gettext_lazy("begin a draft"))
def draft_version(*, actor: Actor, item: Item, **given: Any) -> Version:
    """Begin a draft: a copy of the last version, with what is `given` instead."""
    last = Version.objects.filter(item=item).order_by("-number").first()
    if last is not None and last.state == VersionState.DRAFT:
        raise Untimely(_("This item has a draft already: go on with that one."))
    values = {name: getattr(last, name) for name in COPIED} if last else {}
    row = Version(item=item, number=last.number + 1 if last else 1, **{**values, **given})
    return _kept(row)


@command("catalogue.version.change", on=Version, target="row")
def change_draft(*, actor: Actor, row: Version, **given: Any) -> Version:
    """Change a draft; what was published stays as it was, for orders pin it."""
    if row.state != VersionState.DRAFT:
        raise Untimely(_("What was published stays as it was: begin a draft of the next version."))
    for name, value in given.items():
        setattr(row, name, value)
    return _kept(row)


def _kept(row: Version) -> Version:
    clean_row(row)
    for key, fault in rules.field_faults(row.questions):
        raise Refusal(f"{key}: {_(FIELD_WORDS[fault])}" if key else _(FIELD_WORDS[fault]), "questions")
    for key, fault in rules.plan_faults(row.plan):
        raise Refusal(f"{key}: {_(PLAN_WORDS[fault])}" if key else _(PLAN_WORDS[fault]), "plan")
    _check_approvals(row.approvals)
    row.save()
    return row


def _check_approvals(steps: Any) -> None:
    if not isinstance(steps, list) or len(steps) > 10:
        raise Refusal(_("At most ten steps of approval are possible."), "approvals")
    for step in steps:
        if rules.approval_fault(step):
            raise Refusal(
                _("A step of approval needs a name, a mode and whom it asks; its numbers are whole."),
                "approvals",
            )
        for text in step["approvers"]:
            if not is_expression(text):
                raise Refusal(_("“%(text)s” does not say who is asked.") % {"text": text}, "approvals")


@command("catalogue.version.publish", on=Version, target="row")
def publish_version(*, actor: Actor, row: Version) -> Version:
    """Offer a draft in the place of the version that was offered so far.

    Refuses texts that miss one of the six languages, unless a note says why.
    """
    if row.state != VersionState.DRAFT:
        raise Untimely(_("Only a draft is published."))
    missing = missing_languages(row)
    if missing and not can_be_seen(row.language_note):
        where, language = missing[0]
        raise Refusal(
            _(
                "“%(where)s” is not written in “%(language)s”, and %(count)d texts miss a language in all:"
                " write them, or note why they are missing."
            )
            % {"where": where, "language": language, "count": len(missing)},
            "language_note",
        )
    Version.objects.filter(item=row.item_id, state=VersionState.PUBLISHED).update(
        state=VersionState.WITHDRAWN
    )
    row.state, row.published_at = VersionState.PUBLISHED, timezone.now()
    row.save()
    return row


def missing_languages(row: Version) -> list[tuple[str, str]]:
    """Which texts of a version lack which language."""
    named = [(_("name"), row.name), (_("in a sentence"), row.summary)]
    named += [(_("description"), row.description), (_("price is for"), row.price_unit)]
    named += [(str(step["approvers"]), step["name"]) for step in row.approvals]
    return rules.missing_texts([*named, *rules.texts_of(row.questions, row.plan)], language_codes())


@command("catalogue.version.withdraw", on=Version, target="row")
def withdraw_version(*, actor: Actor, row: Version) -> Version:
    """Offer it no longer; orders that pin it go on, and who fills it in is told."""
    if row.state != VersionState.PUBLISHED:
        raise Untimely(_("Only what is published is withdrawn."))
    row.state = VersionState.WITHDRAWN
    row.save()
    return row


@command("catalogue.version.remove", on=Version, target="row")
def remove_draft(*, actor: Actor, row: Version) -> None:
    """Throw a draft away."""
    if row.state != VersionState.DRAFT:
        raise Refusal(_("What was published stays on record: withdraw it instead."))
    row.delete()
