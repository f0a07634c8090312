"""Problems as the house knows them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meridian.engine.policies import Actor
from meridian.engine.resources import Ask, F, Resource, Verb
from meridian.work.problems.commands import incidents
from meridian.work.problems.commands import working as commands
from meridian.work.problems.models import Problem, ProblemWatcher
from meridian.work.problems.policies import ProblemPolicy
from meridian.work.problems.rules import MACHINE


def _step(
    command: Callable[..., Any], title: Any, icon: str, *fields: Ask, name: str = "", **facets: Any
) -> Verb:
    """A verb of the table of states; what was merged goes on where it went."""
    verb = name or command.facts.name.rsplit(".", 1)[1]  # type: ignore[attr-defined]
    when = Q(state__in=sorted(MACHINE.moves[verb].sources), merged_into=None)
    return Verb(command, title, icon, when=when, fields=fields, **facets)


def _text(title: Any, name: str = "text") -> Ask:
    return Ask(name, title, long=True)


def _watches(actor: Actor, item: Problem) -> bool:
    """Whoever follows the problem."""
    return ProblemWatcher.objects.filter(item=item, person=actor.person_id).exists()


def _watches_not(actor: Actor, item: Problem) -> bool:
    """Whoever does not follow the problem yet."""
    return not _watches(actor, item)


WHO = (Ask("person", _("Who"), _("You, when left empty.")),)
LINKED = Q(links_out__isnull=False) | Q(links_in__isnull=False)
OTHER = (Ask("other", _("Other problem")), Ask("type", _("This problem")))
CAUSE = _text(_("Root cause"), "root_cause")
ATTACHED = Q(attached_incidents__isnull=False)

VERBS = (
    _step(commands.analyse, _("Begin the analysis"), "search"),
    _step(commands.find_cause, _("Root cause found"), "check", CAUSE, Ask("method", _("Found by"))),
    _step(commands.await_change, _("Wait for a change"), "hold", _text(_("What is to be changed"))),
    _step(
        commands.resolve,
        _("Resolve"),
        "check",
        _text(_("What ended it"), "solution"),
        Ask("resolution", _("How it ended")),
    ),
    _step(
        commands.assign,
        _("Assign"),
        "people",
        Ask("team", _("Team"), _("Empty keeps the present team.")),
        Ask("assignee", _("Problem manager"), _("Empty leaves it to the team.")),
    ),
    Verb(commands.note, _("Note"), "edit", fields=(_text(_("What was tried and found")),)),
    _step(incidents.attach_incident, _("Attach an incident"), "attach", Ask("incident", _("Incident"))),
    Verb(
        incidents.detach_incident,
        _("Detach an incident"),
        "split",
        when=ATTACHED,
        fields=(Ask("incident", _("Incident")),),
    ),
    _step(commands.close, _("Close"), "lock"),
    _step(commands.reopen, _("Reopen"), "history", _text(_("What happens again"))),
    Verb(commands.watch, _("Follow"), "bell", when=_watches_not, fields=WHO),
    Verb(commands.unwatch, _("Follow no longer"), "bell", when=_watches, fields=WHO),
    Verb(commands.link, pgettext_lazy("action", "Link"), "link", fields=OTHER),
    Verb(commands.unlink, _("Remove the link"), "close", when=LINKED),
    _step(commands.merge, _("Merge"), "merge", Ask("into", _("Into which problem"))),
    Verb(commands.unmerge, _("Undo the merge"), "split", when=Q(merged_into__isnull=False)),
    _step(commands.cancel, _("Cancel the problem"), "close", _text(_("Why"), "why"), danger=True),
)


class ProblemResource(Resource):
    model = Problem
    address = "problems"
    policy = ProblemPolicy
    key = "number"
    order = ("-opened_at",)
    related = ("team", "assignee", "category", "concerns")
    dated = "opened_at"
    icon = "search"
    state = "state"
    tones = {
        "logged": "watch",
        "analysis": "accent",
        "cause_known": "accent",
        "known_error": "accent",
        "fix_in_change": "accent",
        "resolved": "good",
        "closed": "still",
        "cancelled": "still",
    }
    abilities = ("attachments",)
    remove = None
    fields = (
        F("number", column=True, search="A", form=False, api="r"),
        F("state", column=True, form=False, api="r"),
        F("is_open", form=False, api="r", io=False, audit=False),
        F("title", column=True, search="A"),
        F("language"),
        F("origin", column=True),
        F("team", column=True),
        F("assignee", column=True, filter=False, form=False, api="r"),
        F("category"),
        F("concerns", filter=False),
        F("priority", column=True),
        F("method", form=False, api="r"),
        F("root_cause", search="C", form=False, api="r"),
        F("cause_known_at", filter=False, form=False, api="r"),
        F("resolution", form=False, api="r"),
        F("merged_into", filter=False, form=False, api="r", io=False),
        F("opened_at", column=True, form=False, api="r"),
        F("resolved_at", filter=False, form=False, api="r"),
        F("closed_at", filter=False, form=False, api="r"),
        F("updated_at", filter=False, form=False, api="r", audit=False),
        F("reopened_count", form=False, api="r", audit=False),
        F("event_count", form=False, api="r", audit=False),
    )
    add, change = commands.add_problem, commands.change_problem
    verbs = VERBS
    pages = {"detail": "pages.problem.problem_page"}
