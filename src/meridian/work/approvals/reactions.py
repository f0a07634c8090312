"""Who is told of what waits for a decision, and of how it was decided."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meridian.engine.mailed_links.issuing import Offered
from meridian.engine.notices.commands import Tidings, tell
from meridian.engine.notices.words import in_words
from meridian.engine.policies import system_actor
from meridian.engine.values import url_of
from meridian.registers.access.facade import account_ids_of
from meridian.work.approvals.events import ApprovalDecided, DecisionDue, StepAsked
from meridian.work.approvals.models import Approval, Approver
from meridian.work.approvals.queries.standing import deputies_of
from meridian.work.approvals.queries.subjects import subject_now

HOUSE = system_actor("Approvals")
SENTENCES = {
    "approved": _("Approved: %(subject)s"),
    "rejected": _("Not approved: %(subject)s"),
    "void": _("Changed while it was to be approved, so that it is asked no longer: %(subject)s"),
    "withdrawn": _("Asked no longer: %(subject)s"),
}


def tell_of_step(event: StepAsked) -> None:
    """Tell whoever is asked, and who stands in for them, with a link by which they decide at once."""
    for approver in _undecided(event.step, event.round):
        text = in_words(
            _("Your decision is asked: %(subject)s, for %(requester)s"),
            subject=approver.step.approval.subject,
            requester=approver.step.approval.requester,
        )
        _tell("asked", approver, text, f"approvals.{approver.pk}.asked")


def tell_of_due(event: DecisionDue) -> None:
    """Remind those who have not decided."""
    sentence = (
        _("Your decision is overdue since %(at)s: %(subject)s")
        if event.is_over
        else _("Your decision is asked until %(at)s: %(subject)s")
    )
    for approver in _undecided(event.step, event.round):
        if approver.step.due_at is not None:
            text = in_words(sentence, at=approver.step.due_at, subject=approver.step.approval.subject)
            occasion = f"approvals.{approver.pk}.{'over' if event.is_over else 'due'}"
            _tell("reminded", approver, text, occasion)


def tell_of_decision(event: ApprovalDecided) -> None:
    """Tell the requester, with the words of who rejected it; what they withdrew they know."""
    approval = Approval.objects.select_related("requester").filter(pk=event.approval).first()
    if approval is None:
        return
    said = Approver.objects.filter(step__approval=approval, decision="rejected").order_by("-decided_at")
    subject = subject_now(approval)
    tidings = Tidings(
        "approvals.decided",
        in_words(SENTENCES[event.decision], subject=approval.subject),
        subject.url if subject else url_of(approval),
        words=said.values_list("reason", flat=True).first() or "" if event.decision == "rejected" else "",
        occasion=f"approvals.{approval.pk}.{event.decision}",
    )
    accounts = account_ids_of([approval.requester_id]) - account_ids_of([event.person])
    tell(actor=HOUSE, account_ids=accounts, tidings=tidings)


def _undecided(step: int, round: int) -> QuerySet[Approver]:
    rows = Approver.objects.filter(step=step, round=round, step__round=round, step__state="open", decision="")
    return rows.select_related("step__approval__requester", "person")


def _tell(kind: str, approver: Approver, text: str, occasion: str) -> None:
    approval = approver.step.approval
    people = {approver.person_id, *deputies_of(approver.person_id)} - {approval.requester_id}
    tidings = Tidings(
        f"approvals.{kind}",
        text,
        reverse("approvals-decide", args=(approver.pk,)),
        occasion=occasion,
        offered=Offered.of("approvals.decide", approver, approval.digest),
    )
    tell(actor=HOUSE, account_ids=account_ids_of(people), tidings=tidings)
