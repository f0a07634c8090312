"""Major incidents as the house knows them."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import by_unit
from meridian.engine.resources import Ask, F, Panel, Resource, Verb
from meridian.work.majors import commands
from meridian.work.majors.models import MajorIncident, MajorUpdate
from meridian.work.majors.policies import MajorIncidentPolicy

ACTIVE, OVER = Q(state=MajorIncident.State.ACTIVE), Q(state=MajorIncident.State.STOOD_DOWN)


def _text(title: Any, name: str = "text") -> Ask:
    return Ask(name, title, long=True)


class MajorIncidentResource(Resource):
    model = MajorIncident
    address = "major-incidents"
    policy = MajorIncidentPolicy
    key = "number"
    order = ("-declared_at",)
    related = ("incident", "manager", "communications", "technical_lead")
    icon = "warning"
    state = "state"
    tones = {"active": "bad", "stood_down": "watch", "reviewed": "good", "withdrawn": "still"}
    dated = "declared_at"
    abilities = ("attachments",)
    remove = None
    panels = (
        Panel("", ("subject", "status_text")),
        Panel(_("Who leads"), ("incident", "manager", "communications", "technical_lead", "cadence_minutes")),
    )
    fields = (
        F("number", column=True, search="A", form=False, api="r", io=True),
        F("subject", column=True, search="A"),
        F("incident", column=True, filter=False),
        F("state", column=True, form=False, api="r"),
        F("status_text", search="C"),
        F("manager", column=True, filter=False),
        F("communications", filter=False),
        F("technical_lead", filter=False),
        F("cadence_minutes"),
        F("declared_at", column=True, form=False, api="r"),
        F("next_update_at", column=True, filter=False, form=False, api="r"),
        F("missed_count", form=False, api="r"),
        F("stood_down_at", form=False, api="r"),
        F("review", search="C", form=False, api="r"),
        F("reviewed_at", filter=False, form=False, api="r"),
        F("problem", filter=False, form=False, api="r"),
    )
    add, change = commands.declare_major, commands.change_major
    verbs = (
        Verb(
            commands.inform,
            _("Give an update"),
            "reply",
            when=ACTIVE,
            fields=(_text(_("What is known, tried and next")),),
        ),
        Verb(
            commands.hold_together,
            _("Hold an incident with it"),
            "link",
            when=ACTIVE,
            fields=(Ask("incident", _("Incident")),),
        ),
        Verb(
            commands.let_go,
            _("Let an incident go"),
            "split",
            when=ACTIVE,
            fields=(Ask("incident", _("Incident")),),
        ),
        Verb(
            commands.resolve_together,
            _("Resolve together"),
            "check",
            when=ACTIVE,
            fields=(_text(_("Solution, for every requester"), "solution"),),
        ),
        Verb(commands.stand_down, _("Stand down"), "lock", when=ACTIVE, fields=(_text(_("A last word")),)),
        Verb(
            commands.call_again,
            _("Call again"),
            "history",
            when=OVER,
            fields=(_text(_("What is down again")),),
        ),
        Verb(
            commands.review_major,
            _("Review"),
            "document",
            when=OVER,
            fields=(
                _text(_("What went well, what did not, what is to change"), "findings"),
                Ask("opens_problem", _("Log the problem behind it")),
            ),
        ),
        Verb(
            commands.withdraw_major,
            _("Withdraw"),
            "close",
            when=ACTIVE,
            danger=True,
            fields=(_text(_("Why"), "why"),),
        ),
    )
    pages = {"detail": "pages.major_page"}


class MajorUpdateResource(Resource):
    model = MajorUpdate
    address = "major-incident-lines"
    policy = by_unit("major__incident__team__unit")
    order = ("-id",)
    related = ("major", "person")
    titled = ("major", "at")
    appended = True
    in_menu = False
    fields = (
        F("major", column=True, filter=False, api="r"),
        F("at", column=True, api="r"),
        F("person", column=True, filter=False, api="r"),
        F("kind", column=True, api="r"),
        F("text", column=True, api="r"),
    )
