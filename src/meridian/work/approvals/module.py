"""Manifest of approvals."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import (
    EVERYBODY,
    Job,
    LinkPurpose,
    MenuPage,
    Module,
    NoticeKind,
    Offer,
    Part,
    Reaction,
)

MODULE = Module(
    name="approvals",
    title=_("Approvals"),
    section="desk",
    icon="check",
    place=53,
    leans_on=("servicedesk",),
    pages=(MenuPage(_("Waiting for my decision"), "approvals-waiting", "check"),),
    parts=(Part("first_page", "parts.waiting", on=EVERYBODY, place=6),),
    notices=(
        NoticeKind("asked", _("My decision is asked")),
        NoticeKind("reminded", _("My decision is due")),
        NoticeKind("decided", _("What I asked to be approved is decided")),
    ),
    reactions=(
        Reaction("approvals.StepAsked", "reactions.tell_of_step"),
        Reaction("approvals.DecisionDue", "reactions.tell_of_due"),
        Reaction("approvals.ApprovalDecided", "reactions.tell_of_decision"),
    ),
    offers=(Offer("approved", "offers.approved_item", on="servicedesk.workitem"),),
    jobs=(
        Job("jobs.remind", queue="approvals", cron="*/15 * * * *"),
        Job("jobs.check", queue="approvals", cron="11 * * * *"),
    ),
    link_purposes=(
        LinkPurpose(
            "decide",
            _("Decide without signing in"),
            "offers.decide_by_link",
            "approvals.approver.decide",
        ),
    ),
)
