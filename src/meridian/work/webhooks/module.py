"""Manifest of webhooks."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import Job, Module, Part, Reaction

MODULE = Module(
    name="webhooks",
    title=_("Webhooks"),
    section="desk",
    icon="link",
    place=72,
    leans_on=("servicedesk",),
    parts=(Part("panel", "parts.secret_of_webhook", on="webhooks.webhook"),),
    reactions=tuple(
        Reaction(f"servicedesk.{event}", "reactions.tell_webhooks")
        for event in (
            *("ItemOpened", "ItemAssigned", "ItemReplied", "ItemHeld", "ItemResumed"),
            *("ItemResolved", "ItemReopened", "ItemEnded", "ItemDueMoved"),
        )
    ),
    jobs=(
        Job("jobs.deliver", queue="webhooks"),
        Job("jobs.try_again", queue="webhooks", cron="* * * * *"),
    ),
)
