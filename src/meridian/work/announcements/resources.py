"""What the house knows of announcements."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.resources import F, Panel, Resource, Verb
from meridian.work.announcements import commands
from meridian.work.announcements.models import Announcement, Audience, Recipient
from meridian.work.announcements.policies import AnnouncementPolicy, AudiencePolicy, RecipientPolicy

OUT = Q(state=Announcement.State.PUBLISHED)


class AnnouncementResource(Resource):
    model = Announcement
    address = "announcements"
    policy = AnnouncementPolicy
    key = "code"
    order = ("-starts_at",)
    related = ("service",)
    icon = "bell"
    state = "state"
    tones = {"draft": "still", "published": "good", "withdrawn": "watch"}
    dated = "starts_at"
    fields = (
        F("subject", column=True, search="A"),
        F("text", search="C"),
        F("code", column=True, search="A"),
        F("starts_at", column=True),
        F("ends_at", column=True),
        F("state", column=True),
        F("service", column=True),
        F("is_acknowledged"),
        F("told_until", api="", io=False),
        F("told_at"),
    )
    panels = (Panel("", ("subject", "text", "ends_at", "starts_at", "service", "is_acknowledged")),)
    add = commands.add_announcement
    change = commands.change_announcement
    remove = commands.remove_announcement
    verbs = (
        Verb(commands.publish_announcement, _("Publish"), "check", when=~OUT),
        Verb(commands.withdraw_announcement, _("Withdraw"), "close", when=OUT, danger=True),
    )


class AudienceResource(Resource):
    model = Audience
    address = "audiences"
    policy = AudiencePolicy
    order = ("announcement", "id")
    related = ("announcement", "unit")
    titled = ("announcement", "unit")
    inside = "announcement"
    in_menu = False
    fields = (F("announcement", column=True), F("unit", column=True))


class RecipientResource(Resource):
    model = Recipient
    address = "recipients"
    policy = RecipientPolicy
    order = ("announcement", "id")
    related = ("announcement", "account")
    titled = ("account", "announcement")
    in_menu = False
    state = "state"
    tones = {"waiting": "watch", "acknowledged": "good"}
    fields = tuple(
        F(name, column=name != "channel", form=False, api="r", filter=name in ("announcement", "state"))
        for name in (
            "announcement",
            "account",
            "state",
            "told_at",
            "reminded_at",
            "acknowledged_at",
            "channel",
        )
    ) + (F("reminder_count", form=False, api="r"),)
    add = change = remove = None
    verbs = (Verb(commands.acknowledge, _("I have read it"), "check", when=Q(state=Recipient.State.WAITING)),)
