"""Manifest of announcements."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import (
    EVERYBODY,
    Job,
    LinkPurpose,
    Module,
    NoticeKind,
    Offer,
    Part,
    Reaction,
    System,
)

MODULE = Module(
    name="announcements",
    title=_("Announcements"),
    section="desk",
    icon="bell",
    place=60,
    parts=(
        Part("first_page", "parts.now", on=EVERYBODY, place=5),
        Part("first_page", "parts.unread", on=EVERYBODY, place=4),
        Part("tile", "parts.heard", on="announcements.announcement"),
    ),
    offers=(Offer("demo", "commands.announce_demo", place=60),),
    notices=(
        NoticeKind("told", _("Something has to be read by everybody")),
        NoticeKind("reminded", _("I have not read it yet")),
    ),
    reactions=(
        Reaction("announcements.RecipientsTold", "reactions.tell_recipients"),
        Reaction("announcements.RecipientsReminded", "reactions.remind"),
    ),
    jobs=(
        Job("jobs.spread", queue="announcements", attempts=8),
        Job("jobs.remind", queue="announcements", cron="23 * * * *"),
    ),
    link_purposes=(
        LinkPurpose(
            "acknowledge",
            _("Say that you have read it"),
            "offers.acknowledge_by_link",
            "announcements.recipient.acknowledge",
            days=60,
        ),
    ),
    systems=(System("Messages to all staff", pages=("announcements-read",)),),
)
