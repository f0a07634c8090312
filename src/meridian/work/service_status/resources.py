"""What the house knows of the status of services."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.resources import Ask, F, Resource, Verb
from meridian.work.service_status import commands
from meridian.work.service_status.contracts import DISRUPTED, TONES
from meridian.work.service_status.models import Disruption, StatusStep, Subscription
from meridian.work.service_status.policies import DisruptionPolicy, StepPolicy, SubscriptionPolicy

LASTS = Q(ends_at=None)


class DisruptionResource(Resource):
    model = Disruption
    address = "disruptions"
    policy = DisruptionPolicy
    order = ("-starts_at",)
    related = ("major", "service")
    titled = ("service", "major")
    icon = "warning"
    state = "level"
    tones = {level: TONES[level] for level, _label in DISRUPTED}
    dated = "starts_at"
    fields = (
        F("service", column=True),
        F("major", column=True),
        F("level", column=True),
        F("starts_at", column=True),
        F("ends_at", column=True),
    )
    add, change, remove = commands.name_service, commands.change_disruption, None
    verbs = (
        Verb(
            commands.alter,
            _("It stands otherwise now"),
            "edit",
            when=LASTS,
            fields=(Ask("level", _("How it stands"), choices=DISRUPTED),),
        ),
        Verb(commands.recover, _("It works again"), "check", when=LASTS),
    )


class StatusStepResource(Resource):
    model = StatusStep
    address = "news"
    policy = StepPolicy
    order = ("-id",)
    related = ("service", "major", "change")
    titled = ("service", "at")
    appended = True
    in_menu = False
    fields = (
        F("service", column=True, api="r"),
        F("kind", column=True, api="r"),
        F("level", column=True, api="r"),
        F("at", column=True, api="r"),
        F("subject", column=True, api="r"),
        F("text", api="r"),
        F("starts_at", api="r"),
        F("ends_at", api="r"),
        F("occasion", api="r", filter=False),
        F("major", api="r", filter=False),
        F("change", api="r", filter=False),
    )


class SubscriptionResource(Resource):
    model = Subscription
    address = "subscriptions"
    policy = SubscriptionPolicy
    order = ("id",)
    related = ("service", "site")
    titled = ("service", "site")
    in_menu = False
    fields = (
        F("service", column=True),
        F("site", column=True),
        F("account", form=False, api="r", filter=False),
    )
    add, change, remove = commands.subscribe, None, None
    verbs = (Verb(commands.unfollow, _("Hear no more of it"), "close"),)
