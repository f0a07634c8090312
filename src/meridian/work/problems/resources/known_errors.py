"""Known errors and candidates as the house knows them."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import everywhere
from meridian.engine.resources import Ask, F, Panel, Resource, Verb
from meridian.work.problems.commands import incidents
from meridian.work.problems.commands import known_errors as commands
from meridian.work.problems.models import Candidate, KnownError
from meridian.work.problems.policies import KnownErrorPolicy

OUT, FOUND = Q(state=KnownError.State.PUBLISHED), Q(state=Candidate.State.FOUND)


class KnownErrorResource(Resource):
    model = KnownError
    address = "known-errors"
    policy = KnownErrorPolicy
    key = "number"
    order = ("-effective_from",)
    related = ("problem", "category", "concerns")
    icon = "info"
    state = "state"
    tones = {"draft": "still", "published": "good", "withdrawn": "watch"}
    dated = "effective_from"
    panels = (
        Panel("", ("symptom", "workaround")),
        Panel(_("For what"), ("problem", "category", "concerns")),
        Panel(_("In effect"), ("effective_from", "effective_until")),
    )
    fields = (
        F("number", column=True, search="A", form=False, api="r", io=True),
        F("symptom", column=True, search="A"),
        F("workaround", search="C"),
        F("problem", column=True),
        F("state", column=True, form=False, api="r"),
        F("category", column=True),
        F("concerns", column=True, filter=False),
        F("effective_from", column=True),
        F("effective_until"),
    )
    add, change, remove = commands.add_known_error, commands.change_known_error, commands.remove_known_error
    verbs = (
        Verb(commands.publish_known_error, _("Publish"), "check", when=~OUT),
        Verb(commands.withdraw_known_error, _("Withdraw"), "close", when=OUT, danger=True),
    )


class CandidateResource(Resource):
    model = Candidate
    address = "candidates"
    policy = everywhere()
    order = ("-found_on", "-recent_count")
    related = ("problem",)
    icon = "search"
    state = "state"
    tones = {"found": "watch", "taken": "accent", "dismissed": "still"}
    dated = "found_on"
    fields = (
        F("mark", column=True, search="A"),
        F("basis", column=True),
        F("state", column=True),
        F("recent_count", column=True),
        F("before_count", column=True),
        F("found_on", column=True),
        F("problem", column=True, filter=False),
        F("dismissal"),
    )
    add = change = remove = None
    verbs = (
        Verb(
            incidents.take_up,
            _("Take up as a problem"),
            "check",
            when=FOUND,
            fields=(Ask("team", _("Team")), Ask("title", _("Subject"), _("Empty: made of what rises."))),
        ),
        Verb(
            incidents.dismiss,
            _("Dismiss"),
            "close",
            when=FOUND,
            fields=(Ask("dismissal", _("Why not"), long=True),),
        ),
    )
