"""What the house knows of announcements."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.resources import F, Panel, Resource, Verb
from meridian.work.announcements import commands
from meridian.work.announcements.models import Announcement, Audience
from meridian.work.announcements.policies import AnnouncementPolicy, AudiencePolicy

OUT = Q(state=Announcement.State.PUBLISHED)


class AnnouncementResource(Resource):
    model = Announcement
    address = "announcements"
    policy = AnnouncementPolicy
    key = "code"
    order = ("-starts_at",)
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
    )
    panels = (Panel("", ("subject", "text", "ends_at", "starts_at")),)
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
