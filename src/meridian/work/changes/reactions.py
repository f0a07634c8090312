"""What changes do when others have decided, and who is told."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meridian.engine.notices.commands import Tidings, tell
from meridian.engine.notices.words import in_words
from meridian.engine.policies import system_actor
from meridian.registers.access.facade import account_ids_of
from meridian.work.approvals.events import ApprovalDecided
from meridian.work.changes.commands.authorising import settle
from meridian.work.changes.events import ChangeAssigned, ChangeDecided
from meridian.work.changes.models import Change

HOUSE = system_actor("Changes")
SENTENCES: dict[str, Promise] = {
    "scheduled": _("%(number)s is authorised: %(title)s"),
    "rejected": _("%(number)s is rejected: %(title)s"),
}
VOID = _("The authorisation of %(number)s is void: %(title)s")


def is_change(event: ApprovalDecided) -> bool:
    """Whether a change was decided."""
    return event.resource == "changes.change"


def go_on(event: ApprovalDecided) -> None:
    """Schedule what is authorised; what is rejected ends, what is void is assessed anew."""
    change = Change.objects.filter(pk=event.row).first()
    if change is not None:
        settle(actor=HOUSE, item=change, decision=event.decision, approval=event.approval)


def tell_of_decision(event: ChangeDecided) -> None:
    """Tell who asked for it, and who implements it."""
    change = Change.objects.get(pk=event.change)
    _tell(
        change,
        "decided",
        {change.requester_id, change.assignee_id},
        SENTENCES.get(event.state, VOID),
        event.at.isoformat(),
    )


def tell_of_assignment(event: ChangeAssigned) -> None:
    """Tell the implementer."""
    change = Change.objects.get(pk=event.change)
    people = {event.assignee} - {event.person}
    _tell(change, "assigned", people, _("%(number)s is yours to implement: %(title)s"), event.at.isoformat())


def _tell(change: Change, kind: str, people: set[int | None], sentence: Promise, occasion: str) -> None:
    text = in_words(sentence, number=change.number, title=change.title)
    url = reverse("changes-change-detail", args=(change.pk,))
    tidings = Tidings(f"changes.{kind}", text, url, occasion=f"changes.{change.pk}.{kind}.{occasion}")
    tell(actor=HOUSE, account_ids=account_ids_of(people), tidings=tidings)
