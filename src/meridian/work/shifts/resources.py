"""What the house knows of rosters."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import by_unit, everywhere
from meridian.engine.resources import Ask, F, Panel, Resource, Verb
from meridian.work.shifts.commands import rotations, swaps
from meridian.work.shifts.commands.taking_over import take_over
from meridian.work.shifts.models import (
    Absence,
    AgentSkill,
    CoverageNeed,
    Hub,
    Override,
    Rotation,
    RotationMember,
    Shift,
    Skill,
    Swap,
)
from meridian.work.shifts.policies import OfPeoplePolicy, ShiftPolicy, SwapPolicy

OF_TEAM = by_unit("team__unit")
ROSTER = _("What `meridian plan desks --rosters --json` printed.")
ASKED = Q(state=Swap.State.ASKED)


class HubResource(Resource):
    model = Hub
    address = "hubs"
    policy = by_unit("team__unit", everyone={"view"})
    key = "code"
    order = ("code",)
    related = ("team", "hands_over_to")
    icon = "globe"
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("team", column=True),
        F("hands_over_to", column=True),
        F("is_active", column=True),
    )
    verbs = (
        Verb(
            take_over,
            _("Take a roster over"),
            "add",
            fields=(
                Ask(
                    "roster",
                    _("Roster"),
                    _("What `meridian plan desks --rosters --json` printed."),
                    long=True,
                ),
                Ask("starts_on", _("First day, a Monday")),
                Ask("plan", _("Plan"), _("One of the plans of the file; empty where it has one.")),
                Ask("pool", _("Pool"), _("One of the pools of the plan; empty where it has one.")),
            ),
        ),
    )


class SkillResource(Resource):
    model = Skill
    address = "skills"
    policy = everywhere(everyone={"view"})
    key = "code"
    order = ("code",)
    fields = (F("code", column=True, search="A"), F("name", column=True, search="A"))


class AgentSkillResource(Resource):
    model = AgentSkill
    address = "agent-skills"
    policy = OfPeoplePolicy
    order = ("person", "skill")
    related = ("person", "skill")
    titled = ("person", "skill")
    in_menu = False
    fields = (F("person", column=True), F("skill", column=True))


class CoverageNeedResource(Resource):
    model = CoverageNeed
    address = "coverage-needs"
    policy = OF_TEAM
    order = ("team", "language", "id")
    related = ("team", "skill")
    titled = ("team", "skill")
    in_menu = False
    fields = (
        F("team", column=True),
        F("language", column=True),
        F("skill", column=True),
        F("least", column=True),
    )


class RotationResource(Resource):
    model = Rotation
    address = "rotations"
    policy = OF_TEAM
    order = ("team", "layer", "name")
    related = ("team",)
    icon = "history"
    panels = (
        Panel(_("Rotation"), ("team", "name", "layer")),
        Panel(_("When"), ("zone", "begins", "ends", "weekdays", "every_weeks", "starts_on", "ends_on")),
        Panel(_("Who"), ("at_once", "turn_days")),
    )
    fields = (
        F("team", column=True),
        F("name", column=True, search="A"),
        F("layer", column=True),
        F("zone"),
        F("begins", column=True),
        F("ends", column=True),
        F("weekdays", column=True),
        F("every_weeks"),
        F("starts_on", column=True),
        F("ends_on", column=True),
        F("at_once"),
        F("turn_days"),
    )
    add, change, remove = rotations.add_rotation, rotations.change_rotation, rotations.remove_rotation


class RotationMemberResource(Resource):
    model = RotationMember
    address = "rotation-members"
    policy = by_unit("rotation__team__unit")
    order = ("rotation", "place")
    related = ("rotation", "person")
    titled = ("rotation", "person")
    inside = "rotation"
    in_menu = False
    fields = (F("rotation", column=True), F("place", column=True), F("person", column=True))
    add, change, remove = rotations.add_member, rotations.change_member, rotations.remove_member


class ShiftResource(Resource):
    """Read and swapped by people, written by the house alone."""

    model = Shift
    address = "shifts"
    policy = ShiftPolicy
    order = ("start_at", "id")
    related = ("team", "person", "rotation")
    titled = ("person", "team")
    icon = "calendar"
    dated = "start_at"
    fields = (
        F("team", column=True),
        F("person", column=True),
        F("start_at", column=True),
        F("end_at", column=True),
        F("source", column=True),
        F("rotation"),
    )
    add = change = remove = None
    verbs = (
        Verb(
            swaps.ask_swap,
            _("Ask for a swap"),
            "people",
            fields=(
                Ask("taker", _("Who is to take it"), _("A colleague of the team who is off at that time.")),
                Ask("note", _("Note")),
            ),
        ),
    )


class OverrideResource(Resource):
    model = Override
    address = "roster-changes"
    policy = OF_TEAM
    order = ("-start_at", "id")
    related = ("team", "person", "instead_of")
    titled = ("person", "team")
    in_menu = False
    fields = (
        F("team", column=True),
        F("person", column=True),
        F("way", column=True),
        F("instead_of", column=True),
        F("start_at", column=True),
        F("end_at", column=True),
        F("reason", column=True),
        F("made_at"),
    )
    add, change, remove = rotations.add_override, rotations.change_override, rotations.remove_override


class SwapResource(Resource):
    model = Swap
    address = "swaps"
    policy = SwapPolicy
    order = ("-start_at", "id")
    related = ("team", "giver", "taker")
    titled = ("giver", "taker")
    in_menu = False
    state = "state"
    tones = {"asked": "watch", "accepted": "good", "refused": "still", "withdrawn": "still"}
    fields = (
        F("team", column=True),
        F("giver", column=True),
        F("taker", column=True),
        F("start_at", column=True),
        F("end_at", column=True),
        F("state", column=True),
        F("note"),
        F("answered_at"),
    )
    add = change = remove = None
    verbs = (
        Verb(swaps.accept_swap, _("Accept"), "check", when=ASKED),
        Verb(swaps.refuse_swap, _("Refuse"), "close", when=ASKED),
        Verb(swaps.withdraw_swap, _("Withdraw"), "remove", when=ASKED, danger=True),
    )


class AbsenceResource(Resource):
    model = Absence
    address = "absences"
    policy = OfPeoplePolicy
    order = ("-start_at", "id")
    related = ("person",)
    titled = ("person",)
    in_menu = False
    fields = (
        F("person", column=True),
        F("kind", column=True),
        F("start_at", column=True),
        F("end_at", column=True),
    )
    add, change, remove = rotations.add_absence, rotations.change_absence, rotations.remove_absence
