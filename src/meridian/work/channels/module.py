"""Manifest of the channels."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Deed, Job, LinkPurpose, MenuPage, Module, Offer, Part, Reaction

MODULE = Module(
    name="channels",
    title=_("Mail"),
    section="desk",
    icon="bell",
    place=70,
    leans_on=("items", "servicedesk", "notifications"),
    pages=(
        MenuPage(_("Mail"), "mail-doors", "bell"),
        MenuPage(_("Mails that wait"), "mail-waiting", "bell"),
        MenuPage(_("Why did somebody never hear back?"), "mail-heard", "search"),
    ),
    parts=(
        Part("panel", "parts.mails_of_item", on="servicedesk.workitem", place=40),
        Part("panel", "parts.words_of_mail", on="channels.inboundmail", place=10),
        Part(
            "first_page",
            "parts.waiting_mail",
            on="agent",
            place=35,
            permission="channels.inboundmail.open_new",
        ),
        Part(
            "first_page", "parts.failing_doors", on="operator", place=20, permission="channels.mailbox.view"
        ),
    ),
    reactions=(Reaction("notifications.PeopleTold", "reactions.write_letters"),),
    deeds=(Deed("channels.mailbox.give", _("give the demo its mailboxes")),),
    offers=(
        Offer("demo", "offers.give_mail", place=62),
        Offer("answer_address", "offers.answer_address"),
    ),
    link_purposes=(
        LinkPurpose(
            "confirm", _("Yes, it is solved"), "offers.confirm_by_link", "servicedesk.workitem.confirm"
        ),
        LinkPurpose(
            "reopen", _("No, it is not solved"), "offers.reopen_by_link", "servicedesk.workitem.reopen"
        ),
    ),
    jobs=(
        Job("jobs.fetch_all", queue="mail", cron="* * * * *"),
        Job("jobs.fetch", queue="mail"),
        Job("jobs.send", queue="mail"),
        Job("jobs.try_again", queue="mail", cron="* * * * *"),
    ),
)
