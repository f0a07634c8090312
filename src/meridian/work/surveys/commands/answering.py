"""Answering, once or within hours anew; what is scored badly opens a call-back."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from meridian.engine.commands import Refusal, Untimely, clean_row, command
from meridian.engine.policies import Actor, system_actor
from meridian.work.servicedesk import facade as desk
from meridian.work.surveys.contracts import BAD, EDITABLE_FOR, SCORES
from meridian.work.surveys.models import Answer, CallBack, Invitation

HOUSE = system_actor("Surveys")


@command("surveys.invitation.answer", on=Invitation, target="row")
def answer(
    *,
    actor: Actor,
    row: Invitation,
    scores: Mapping[str, int],
    reasons: str = "",
    text: str = "",
    language: str = "en",
) -> Invitation:
    """Answer, or mend the answer within 12 hours; `reasons` are codes with blanks between.

    A score of 2 or less about an item needs words, and the team is to call back.
    """
    now = timezone.now()
    given = Answer.objects.filter(invitation=row).first()
    if now >= row.expires_at:
        raise Untimely(_("The time to answer is over. Thank you for thinking of it."))
    if given and now > given.answered_at + EDITABLE_FOR:
        raise Untimely(_("An answer can be mended for 12 hours; it is kept as it stands now."))
    row_answer = given or Answer(invitation=row, answered_at=now)
    row_answer.scores = _checked(row, scores)
    row_answer.reasons, row_answer.text = _known(row, reasons), text.strip()
    row_answer.language, row_answer.changed_at = language, now if given else None
    if row.item_id and row_answer.lowest <= BAD and not row_answer.text:
        raise Refusal(_("Say in a few words what went wrong: somebody will call you about it."), "text")
    clean_row(row_answer)
    row_answer.save()
    if row.item and row_answer.lowest <= BAD and not CallBack.objects.filter(answer=row_answer).exists():
        _call_back(row, row.item, row_answer)
    return row


def _checked(row: Invitation, scores: Mapping[str, Any]) -> dict[str, int]:
    """The scores by the code of the question. In a campaign a question may be left out, not all of them."""
    known = set(row.question_set.questions.values_list("code", flat=True))
    if unknown := set(scores) - known:
        raise Refusal(_("There is no question “%(code)s” here.") % {"code": min(unknown)}, "scores")
    wrong = [score for score in scores.values() if type(score) is not int or score not in SCORES]
    if wrong or not scores or (row.item_id and set(scores) != known):
        raise Refusal(_("Give a score from 1 to 5."), "scores")
    return dict(scores)


def _known(row: Invitation, reasons: str) -> list[str]:
    known = set(row.question_set.reasons.values_list("code", flat=True))
    chosen = list(dict.fromkeys(reasons.split()))
    if unknown := [code for code in chosen if code not in known]:
        raise Refusal(_("There is no reason “%(code)s” here.") % {"code": unknown[0]}, "reasons")
    return chosen


def _call_back(row: Invitation, item: desk.WorkItem, given: Answer) -> None:
    """A task in the queue of the team, linked with the item, with the words of whoever is to be called."""
    with override(row.language):
        title = _("Call back about %(number)s") % {"number": item.number}
        text = _("Scored %(score)s of 5. In their words:") % {"score": given.lowest}
    task = desk.add_item(
        actor=HOUSE,
        requester=row.person,
        title=title,
        text=f"{text}\n\n{given.text}",
        kind="request",
        team=item.team,
        language=row.language,
    )
    desk.link(actor=HOUSE, item=task, type=desk.Link.Type.RELATED, other=item)
    call_back = CallBack(answer=given, task=task, opened_at=timezone.now())
    clean_row(call_back)
    call_back.save()
