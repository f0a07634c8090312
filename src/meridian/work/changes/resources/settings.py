"""What change managers set, as the house knows it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import by_unit, everywhere
from meridian.engine.resources import Ask, F, Resource, Verb
from meridian.work.changes.commands import boards as commands
from meridian.work.changes.models import (
    AgendaItem,
    Board,
    BoardMember,
    ChangeModel,
    Meeting,
)
from meridian.work.changes.policies import AgendaItemPolicy, MeetingPolicy

SETTING = everywhere(everyone={"view"})


class ChangeModelResource(Resource):
    model = ChangeModel
    address = "models"
    policy = by_unit("team__unit", everyone={"view"})
    key = "code"
    order = ("code",)
    related = ("team",)
    icon = "document"
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("team", column=True),
        F("plan", search="C"),
        F("test_plan"),
        F("backout_plan"),
        F("is_active", column=True),
    )


class BoardResource(Resource):
    model = Board
    address = "boards"
    policy = SETTING
    key = "code"
    order = ("code",)
    icon = "people"
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("for_kind", column=True),
        F("quorum", column=True),
        F("hours", column=True),
        F("is_active", column=True),
    )


class BoardMemberResource(Resource):
    model = BoardMember
    address = "board-members"
    policy = SETTING
    related = ("board", "person")
    titled = ("person", "board")
    inside = "board"
    in_menu = False
    fields = (F("board", column=True), F("person", column=True, filter=False))


class MeetingResource(Resource):
    model = Meeting
    address = "meetings"
    policy = MeetingPolicy
    order = ("-starts_at",)
    related = ("board",)
    titled = ("board", "starts_at")
    icon = "people"
    dated = "starts_at"
    fields = (
        F("board", column=True),
        F("starts_at", column=True),
        F("held_at", column=True, form=False, api="r"),
        F("present", column=True, form=False, api="r"),
        F("minutes", search="C", form=False, api="r"),
    )
    verbs = (
        Verb(commands.fill_agenda, _("Fill the agenda"), "queue", when=Q(held_at=None)),
        Verb(
            commands.keep_minutes,
            _("Keep the minutes"),
            "document",
            when=Q(held_at=None),
            fields=(Ask("minutes", _("Minutes"), long=True), Ask("present", _("Members present"))),
        ),
    )


class AgendaItemResource(Resource):
    model = AgendaItem
    address = "agenda-items"
    policy = AgendaItemPolicy
    related = ("meeting", "change")
    titled = ("meeting", "change")
    inside = "meeting"
    in_menu = False
    fields = (F("meeting", column=True), F("change", column=True, filter=False), F("said", column=True))
