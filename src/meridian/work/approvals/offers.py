"""Deciding by a link that a mail carried, and a request of the desk as something to be approved."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.commands import Unseen, Untimely
from meridian.engine.figures import instant_text
from meridian.engine.mailed_links.opening import Opened, Press
from meridian.engine.policies import Actor
from meridian.work.approvals.commands import decide
from meridian.work.approvals.contracts import Decision, Subject
from meridian.work.approvals.models import Approver
from meridian.work.approvals.queries.subjects import subject_now
from meridian.work.approvals.rules import digest_of
from meridian.work.servicedesk.facade import WorkItem


class Reason(forms.Form):
    """The words that go along with a decision."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("A rejection needs a reason."),
    )


def decide_by_link(actor: Actor, row: Approver) -> Opened:
    """What is asked of an approver, and the two buttons."""
    approval, subject = row.step.approval, subject_now(row.step.approval)
    if row.decision:
        raise Untimely(_("%(person)s has decided this already.") % {"person": row.decided_by})
    if subject is None:
        raise Unseen(_("What was to be approved is gone."))

    def act(pressed: str, given: Mapping[str, Any]) -> str:
        decide(actor=actor, row=row, decision=Decision(pressed), reason=given["reason"])
        return _("Your decision is noted: %(decision)s.") % {"decision": Decision(pressed).label}

    facts = [
        {"label": _("Asked by"), "text": str(approval.requester)},
        {"label": _("Asked"), "text": instant_text(approval.asked_at)},
        *subject.facts,
    ]
    buttons = (
        Press(Decision.APPROVED.value, _("Approve"), "first"),
        Press(Decision.REJECTED.value, _("Reject"), "danger"),
    )
    url = reverse("approvals-decide", args=(row.pk,))
    state = digest_of(subject.content)
    return Opened(subject.title, act, buttons, subject.text, facts, state, Reason, url)


def approved_item(row: WorkItem) -> Subject:
    """What is approved of a request: what was asked for, and for whom."""
    facts = [
        {"label": _("Number"), "text": row.number},
        {"label": _("For"), "text": str(row.requester)},
    ]
    content = {"number": row.number, "title": row.title, "requester": row.requester_id}
    url = reverse("portal-follow", args=(row.number,))
    return Subject(row.title, url, content, facts, for_people=frozenset({row.requester_id}))
