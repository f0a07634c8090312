"""Manifest of the channels."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Job, Module, Reaction

MODULE = Module(
    name="channels",
    title=_("Mail and webhooks"),
    section="desk",
    icon="bell",
    place=70,
    leans_on=("items", "servicedesk", "notifications"),
    reactions=(
        Reaction("notifications.PeopleTold", "reactions.write_letters"),
        *(
            Reaction(f"servicedesk.{event}", "reactions.tell_webhooks")
            for event in (
                *("ItemOpened", "ItemAssigned", "ItemReplied", "ItemHeld", "ItemResumed"),
                *("ItemResolved", "ItemReopened", "ItemEnded", "ItemDueMoved"),
            )
        ),
    ),
    jobs=(
        Job("jobs.fetch_all", queue="mail", cron="* * * * *"),
        Job("jobs.fetch", queue="mail"),
        Job("jobs.send", queue="mail"),
        Job("jobs.deliver", queue="webhooks"),
        Job("jobs.try_again", queue="mail", cron="* * * * *"),
    ),
)
