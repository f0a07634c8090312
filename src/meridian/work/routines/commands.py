"""Writing routines, beginning a checklist, and ticking its steps off."""

from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.commands import Refusal, Unseen, Untimely, clean_row, command
from meridian.engine.policies import Actor
from meridian.work.routines.models import Checklist, ItemStep
from meridian.work.servicedesk.facade import WorkItem

MOST_STEPS = 100
NO_ITEM = gettext_lazy("There is no item %(number)s, or it is not yours to work on.")


@command("routines.checklist.use", on=Checklist, target="checklist")
def use_checklist(*, actor: Actor, checklist: Checklist, item: WorkItem) -> Checklist:
    """Put the steps of the checklist on an item, after those that it has."""
    _refuse_others_work(actor, item)
    if not checklist.is_active:
        raise Untimely(_("“%(list)s” is not in use any more.") % {"list": checklist})
    if ItemStep.objects.filter(item=item, checklist=checklist).exists():
        raise Untimely(
            _("%(number)s has the steps of “%(list)s” already.") % {"number": item.number, "list": checklist}
        )
    steps = list(checklist.steps.order_by("place"))
    if not steps:
        raise Refusal(_("“%(list)s” has no steps yet: write them first.") % {"list": checklist})
    for step in steps:
        _add(item, step.text, checklist)
    return checklist


@command("routines.itemstep.add", on=ItemStep)
def add_step(*, actor: Actor, item: WorkItem, text: Any) -> ItemStep:
    """One more thing to do for an item; `text` by language, at most 200 letters in each."""
    _refuse_others_work(actor, item)
    return _add(item, text, None)


@command("routines.itemstep.tick", on=ItemStep, target="step")
def tick(*, actor: Actor, step: ItemStep) -> ItemStep:
    """Say that it is done: now, and by oneself."""
    if actor.person_id is None:
        raise Refusal(_("Only a person can say that a step is done."))
    if step.done_at is not None:
        raise Untimely(_("“%(step)s” is done already.") % {"step": step})
    step.done_at, step.done_by_id = timezone.now(), actor.person_id
    step.save(update_fields=("done_at", "done_by"))
    return step


@command("routines.itemstep.untick", on=ItemStep, target="step")
def untick(*, actor: Actor, step: ItemStep) -> ItemStep:
    """Say that it is still to do."""
    if step.done_at is None:
        raise Untimely(_("“%(step)s” is still to do.") % {"step": step})
    step.done_at = step.done_by = None
    step.save(update_fields=("done_at", "done_by"))
    return step


def _refuse_others_work(actor: Actor, item: WorkItem) -> None:
    if not WorkItem.objects.permitted(actor, "queue").filter(pk=item.pk).exists():
        raise Unseen(NO_ITEM % {"number": item.number})


def _add(item: WorkItem, text: Any, checklist: Checklist | None) -> ItemStep:
    steps = ItemStep.objects.filter(item=item)
    # The item's row is the lock: two who add at once take turns.
    WorkItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    last = steps.aggregate(last=Max("place"))["last"] or 0
    if last >= MOST_STEPS:
        raise Refusal(_("An item has at most %(most)s steps: split it instead.") % {"most": MOST_STEPS})
    step = ItemStep(item=item, place=last + 1, text=text, checklist=checklist)
    clean_row(step)
    step.save()
    return step
