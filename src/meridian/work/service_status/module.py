"""Manifest of the status of services."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import (
    Deed,
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

MODULE = Module(
    name="service_status",
    title=_("Status of services"),
    section="desk",
    icon="check",
    place=52,
    leans_on=("majors", "servicedesk", "changes", "change_calendar", "announcements"),
    pages=(MenuPage(_("Status of services"), "service-status", "check", menu_of={"staff": 28}),),
    notices=(NoticeKind("step", _("Something changes with a service, a site or all that I follow")),),
    reactions=(
        Reaction("majors.MajorDeclared", "reactions.find_services"),
        Reaction("majors.MajorStatusPublished", "reactions.tell_of_status"),
        Reaction("majors.MajorStoodDown", "reactions.end_disruptions"),
        Reaction("changes.ChangeDecided", "reactions.tell_of_change"),
    ),
    jobs=(Job("jobs.spread", queue="announcements", attempts=8),),
    link_purposes=(
        LinkPurpose(
            "unsubscribe",
            _("Hear no more of this"),
            "offers.unsubscribe_by_link",
            "service_status.subscription.unfollow",
            days=60,
        ),
    ),
    parts=(
        Part("panel", "parts.of_major", on="majors.majorincident", place=10),
        Part("action", "parts.name_service", on="majors.majorincident", place=10),
        Part("action", "parts.status_of", on="services.service", place=10),
    ),
    offers=(Offer("demo", "offers.demo", place=64),),
    deeds=(Deed("service_status.demo.load", _("load the demo organisation")),),
    proofs=(
        ProofOf(
            "proofs.availability_proof",
            takes=("service", "day"),
            permission="service_status.disruption.view",
        ),
    ),
    systems=(System("Global service desk", pages=("service-status",)),),
)
