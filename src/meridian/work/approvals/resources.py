"""What the house knows of approvals."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.resources import Ask, F, Resource, Verb
from meridian.work.approvals import commands
from meridian.work.approvals.contracts import Decision
from meridian.work.approvals.models import Approval, Approver, Step
from meridian.work.approvals.policies import ApprovalPolicy, ApproverPolicy, StepPolicy

WAITS = Q(state="waiting")
UNDECIDED = Q(decision="", step__state="open")


def read(name: str, **facets: Any) -> F:
    """A field that only commands write."""
    return F(name, form=False, api="r", **facets)


class ApprovalResource(Resource):
    model = Approval
    address = "approvals"
    policy = ApprovalPolicy
    order = ("-asked_at",)
    related = ("requester", "unit", "cost_centre")
    icon = "check"
    state = "state"
    tones = {
        "waiting": "watch",
        "approved": "good",
        "rejected": "bad",
        "void": "still",
        "withdrawn": "still",
    }
    dated = "asked_at"
    fields = (
        read("subject", column=True),
        read("state", column=True),
        read("requester", column=True, filter=False),
        read("unit"),
        read("cost_centre"),
        read("asked_at", column=True),
        read("ended_at", column=True),
        read("resource"),
        read("row_id"),
        F("digest", form=False, api="", io=False),
    )
    add = change = remove = None
    verbs = (Verb(commands.withdraw_approval, _("Withdraw"), "close", when=WAITS, danger=True),)


class StepResource(Resource):
    model = Step
    address = "steps"
    policy = StepPolicy
    order = ("approval", "place")
    related = ("approval",)
    titled = ("approval", "place", "name")
    inside = "approval"
    in_menu = False
    state = "state"
    tones = {
        "coming": "still",
        "open": "watch",
        "approved": "good",
        "rejected": "bad",
        "dropped": "still",
    }
    fields = (
        read("approval", column=True, filter=False),
        read("place", column=True),
        read("name", column=True),
        read("state", column=True),
        read("mode", column=True),
        read("needed"),
        read("approvers"),
        read("due_hours"),
        read("round"),
        read("opened_at"),
        read("due_at", column=True),
        read("ended_at"),
    )
    add = change = remove = None
    verbs = (Verb(commands.reissue_step, _("Ask anew"), "history", when=Q(state__in=("open", "approved"))),)


class ApproverResource(Resource):
    model = Approver
    address = "approvers"
    policy = ApproverPolicy
    order = ("step", "id")
    related = ("step__approval", "person", "decided_by")
    titled = ("person", "step")
    inside = "step"
    in_menu = False
    fields = (
        read("step", column=True, filter=False),
        read("person", column=True, filter=False),
        read("decision", column=True),
        read("reason"),
        read("decided_by", column=True, filter=False),
        read("standing", column=True),
        read("channel"),
        read("decided_at", column=True),
        read("expression"),
        read("round"),
        F("reminded_at", form=False, api="r", filter=False),
    )
    add = change = remove = None
    verbs = (
        Verb(
            commands.decide,
            _("Decide"),
            "check",
            when=UNDECIDED,
            bulk=True,
            fields=(
                Ask("decision", _("Decision"), choices=tuple(Decision.choices)),
                Ask("reason", _("Why"), long=True, help=_("A rejection needs a reason.")),
            ),
        ),
    )
