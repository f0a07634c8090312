"""Manifest of surveys."""

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
    ProofOf,
    Reaction,
    System,
)

READING = "surveys.callback.view"

MODULE = Module(
    name="surveys",
    title=_("Surveys"),
    section="desk",
    icon="reply",
    place=54,
    pages=(
        MenuPage(_("How we did"), "surveys-results", "report"),
        MenuPage(_("Call-backs"), "surveys-call-backs", "reply"),
    ),
    leans_on=("channels", "majors", "servicedesk"),
    parts=(
        Part("requester_panel", "parts.how_did_we_do", on="servicedesk.workitem", place=10),
        Part("first_page", "parts.asked_of_me", on=EVERYBODY, place=8),
        Part("first_page", "parts.to_call_back", on="agent", place=12, permission=READING),
    ),
    notices=(NoticeKind("asked", _("A short question on how something went")),),
    reactions=(Reaction("servicedesk.ItemEnded", "reactions.ask_how_it_went", when="reactions.is_closed"),),
    jobs=(Job("jobs.send", queue="servicedesk", cron="* * * * *"),),
    link_purposes=(
        LinkPurpose(
            "rate",
            _("Answer without signing in"),
            "offers.rate_by_link",
            "surveys.invitation.answer",
            once=False,
        ),
    ),
    offers=(Offer("demo", "commands.demo.tell", place=80),),
    proofs=(ProofOf("proofs.asked", takes=("what", "month"), permission=READING),),
    systems=(
        System("Satisfaction surveys", pages=("surveys-results", "surveys-call-backs", "surveys-campaign")),
    ),
)
