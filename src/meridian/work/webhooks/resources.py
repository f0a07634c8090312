"""Webhooks as the house knows them."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import everywhere
from meridian.engine.resources import F, Resource, Verb
from meridian.work.webhooks.commands import keeping
from meridian.work.webhooks.models import Webhook, WebhookDelivery

OfTheHouse = everywhere()


class WebhookResource(Resource):
    model = Webhook
    address = "webhooks"
    policy = OfTheHouse
    key = "name"
    order = ("name",)
    icon = "link"
    fields = (
        F("name", column=True, search="A"),
        F("url", column=True),
        F("events", column=True, filter=False),
        F("generation", api="r"),
        F("is_active", column=True),
    )
    add = keeping.add_webhook
    change = keeping.change_webhook
    remove = keeping.remove_webhook
    verbs = (
        Verb(
            keeping.renew_secret,
            _("Make a new secret"),
            "lock",
            danger=True,
            confirm=_("The other system refuses every call until it knows the new secret."),
        ),
    )


class WebhookDeliveryResource(Resource):
    model = WebhookDelivery
    address = "webhook-deliveries"
    policy = OfTheHouse
    order = ("-id",)
    related = ("webhook",)
    titled = ("event", "webhook")
    dated = "queued_at"
    icon = "link"
    state = "state"
    tones = {"waiting": "accent", "taken": "good", "given_up": "bad"}
    add = change = remove = None
    fields = (
        F("queued_at", column=True, form=False, api="r", io=False),
        F("webhook", column=True, form=False, api="r", io=False),
        F("event", column=True, form=False, api="r", io=False),
        F("state", column=True, form=False, api="r", io=False),
        F("status", column=True, form=False, api="r", io=False),
        F("remark", column=True, form=False, api="r", io=False),
        F("attempts", form=False, api="r", io=False),
        F("body", filter=False, form=False, api="r", io=False),
        F("occasion", form=False, api="", io=False),
        F("due_at", form=False, api="r", io=False),
        F("taken_at", form=False, api="r", io=False),
    )
    verbs = (Verb(keeping.replay, _("Tell it again"), "history"),)
