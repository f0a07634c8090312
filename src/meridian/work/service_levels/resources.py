"""What the house knows of service levels."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import everywhere
from meridian.engine.resources import Ask, F, Resource, Verb
from meridian.work.service_levels import commands
from meridian.work.service_levels.models import (
    Call,
    Clock,
    ClockPolicy,
    ClockSign,
    CountedBy,
    Escalation,
    PolicyVersion,
    SiteHours,
)
from meridian.work.service_levels.policies import ClockPartRights, ClockRights

SETTING = everywhere(everyone={"view", "export"})


class ClockPolicyResource(Resource):
    model = ClockPolicy
    address = "policies"
    policy = SETTING
    key = "code"
    order = ("kind", "measure", "code")
    related = ("category", "site", "team")
    icon = "clock"
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("kind", column=True),
        F("measure", column=True),
        F("item_kind"),
        F("category", column=True),
        F("site", column=True),
        F("team", column=True),
        F("agreed_percent", column=True),
    )
    add, change, remove = (
        commands.add_clock_policy,
        commands.change_clock_policy,
        commands.remove_clock_policy,
    )


class PolicyVersionResource(Resource):
    model = PolicyVersion
    inside = "policy"
    address = "policy-versions"
    policy = SETTING
    related = ("policy",)
    titled = ("policy", "effective_on")
    order = ("policy", "-effective_on")
    icon = "clock"
    in_menu = False
    fields = (
        F("policy", column=True),
        F("effective_on", column=True),
        F("hours", column=True),
        F("priority_1", column=True),
        F("priority_2", column=True),
        F("priority_3", column=True),
        F("priority_4", column=True),
        F("priority_5", column=True),
        F("thresholds"),
        F("runs_on"),
    )
    add = commands.add_policy_version
    change = commands.change_policy_version
    remove = commands.remove_policy_version


class EscalationResource(Resource):
    model = Escalation
    inside = "policy"
    address = "escalations"
    policy = SETTING
    related = ("policy",)
    titled = ("policy", "percent", "whom")
    order = ("policy", "percent", "whom")
    icon = "bell"
    in_menu = False
    fields = (
        F("policy", column=True),
        F("percent", column=True),
        F("whom", column=True),
        F("when", column=True),
    )


class SiteHoursResource(Resource):
    model = SiteHours
    address = "site-hours"
    policy = SETTING
    related = ("site", "calendar")
    titled = ("site", "calendar")
    order = ("site",)
    icon = "calendar"
    fields = (F("site", column=True), F("calendar", column=True))
    add, change, remove = commands.add_site_hours, commands.change_site_hours, commands.remove_site_hours


# What was late and neither explained nor taken from the report.
LATE = Q(breached_at__isnull=False, annulled_at__isnull=True)


class ClockResource(Resource):
    model = Clock
    address = "clocks"
    policy = ClockRights
    order = ("-started_at", "-id")
    related = ("item", "policy", "team", "site", "category")
    titled = ("measure", "item", "title")
    icon = "clock"
    state = "state"
    tones = {"running": "accent", "paused": "watch", "met": "good", "breached": "bad", "cancelled": "still"}
    add = change = remove = None
    fields = (
        F("item", column=True, filter=False, io=False),
        F("measure", column=True),
        F("kind", column=True),
        F("state", column=True),
        F("due_at", column=True),
        F("priority", column=True, filter=True),
        F("team", column=True),
        F("site"),
        F("category"),
        F("policy"),
        F("terms", filter=False),
        F("cycle"),
        F("started_at"),
        F("stopped_at"),
        F("target_seconds"),
        F("open_seconds"),
        F("paused_seconds"),
        F("breached_at"),
        F("breach_reason"),
        F("breach_note"),
        F("annulled_at"),
        F("annulled_because"),
        F("ended_as"),
        F("fired"),
        F("next_fire_at", filter=False),
        F("subject"),
        F("title"),
        F("address", io=False),
        F("people", io=False, api=""),
        F("stretches", io=False, audit=True),
        F("calendars", io=False, api=""),
    )
    verbs = (
        Verb(
            commands.explain_breach,
            _("Say why it was late"),
            "edit",
            when=LATE,
            fields=(Ask("why", _("Reason")), Ask("note", _("Note"), long=True)),
        ),
        Verb(
            commands.annul_clock,
            _("Leave out of the report"),
            "close",
            when=Q(annulled_at__isnull=True),
            danger=True,
            fields=(Ask("reason", _("Reason"), long=True),),
        ),
        Verb(
            commands.reinstate_clock,
            _("Take into the report again"),
            "check",
            when=Q(annulled_at__isnull=False),
        ),
    )


class ClockSignResource(Resource):
    model = ClockSign
    inside = "clock"
    address = "signs"
    policy = ClockPartRights
    related = ("clock",)
    titled = ("clock", "sign")
    order = ("clock", "id")
    icon = "clock"
    in_menu = False
    appended = True
    fields = (
        F("clock", column=True),
        F("sign", column=True),
        F("at", column=True),
        F("reason", column=True),
        F("recorded_at"),
    )


class CallResource(Resource):
    model = Call
    inside = "clock"
    address = "calls"
    policy = ClockPartRights
    related = ("clock", "person")
    titled = ("clock", "person")
    order = ("-call_at", "-id")
    icon = "bell"
    in_menu = False
    add = change = remove = None
    fields = (
        F("clock", column=True),
        F("percent", column=True),
        F("person", column=True, filter=False),
        F("call_at", column=True),
        F("called_at", column=True),
        F("instead", column=True),
    )


class CountedByResource(Resource):
    model = CountedBy
    address = "counted-by"
    policy = everywhere()
    related = ("calendar",)
    titled = ("calendar",)
    icon = "calendar"
    in_menu = False
    add = change = remove = None
    fields = (F("calendar", column=True), F("digest"))
