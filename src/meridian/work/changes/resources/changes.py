"""Changes as the house knows them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meridian.engine.policies import Actor, by_unit
from meridian.engine.resources import Ask, F, Panel, Resource, Verb
from meridian.work.changes.commands import authorising, implementing, planning
from meridian.work.changes.models import (
    CausedIncident,
    Change,
    ChangeThing,
    ChangeWatcher,
    SuppressionWindow,
)
from meridian.work.changes.policies import ChangePolicy
from meridian.work.changes.rules import MACHINE


def _step(command: Callable[..., Any], title: Any, icon: str, *fields: Ask, **facets: Any) -> Verb:
    """A verb of the table of states; what was merged goes on where it went."""
    verb = command.facts.name.rsplit(".", 1)[1]  # type: ignore[attr-defined]
    when = Q(state__in=sorted(MACHINE.moves[verb].sources), merged_into=None)
    return Verb(command, title, icon, when=when, fields=fields, **facets)


def _text(title: Any, name: str = "text") -> Ask:
    return Ask(name, title, long=True)


def _watches(actor: Actor, item: Change) -> bool:
    """Whoever follows the change."""
    return ChangeWatcher.objects.filter(item=item, person=actor.person_id).exists()


def _watches_not(actor: Actor, item: Change) -> bool:
    """Whoever does not follow the change yet."""
    return not _watches(actor, item)


WHO = (Ask("person", _("Who"), _("You, when left empty.")),)
THING = (Ask("thing", _("What it touches")),)
INCIDENT = Ask("incident", _("Incident"))
LINKED = Q(links_out__isnull=False) | Q(links_in__isnull=False)

VERBS = (
    _step(authorising.submit, _("Submit"), "next"),
    _step(
        authorising.assess,
        _("Assess the risk"),
        "report",
        Ask("experience", _("How often was it done?")),
        Ask("testing", _("How well was it tested?")),
        Ask("backout", _("How is it taken back?")),
        Ask("people", _("Who notices when it goes wrong?")),
    ),
    Verb(
        authorising.ask_authorisation,
        _("Ask for authorisation"),
        "check",
        when=Q(state="assess", risk_score__isnull=False, merged_into=None),
    ),
    _step(implementing.implement, _("Begin implementation"), "next"),
    _step(
        implementing.complete,
        _("Implementation ended"),
        "check",
        Ask("outcome", _("Outcome")),
        _text(_("What did not go as planned")),
    ),
    _step(implementing.review, _("Review"), "document", _text(_("What was reached and learned"), "findings")),
    _step(planning.touch, _("Add what it touches"), "link", *THING),
    Verb(
        planning.untouch,
        _("Take off what it touches"),
        "split",
        when=Q(state__in=sorted(MACHINE.moves["untouch"].sources), things__isnull=False),
        fields=THING,
    ),
    _step(
        planning.assign,
        _("Assign"),
        "people",
        Ask("team", _("Team"), _("Empty keeps the present team.")),
        Ask("assignee", _("Implementer"), _("Empty leaves it to the team.")),
    ),
    Verb(implementing.note, _("Note"), "edit", fields=(_text(_("Note")),)),
    _step(implementing.blame, _("It caused an incident"), "warning", INCIDENT),
    Verb(
        implementing.clear,
        _("It did not cause an incident"),
        "close",
        when=Q(caused__isnull=False),
        fields=(INCIDENT,),
    ),
    Verb(implementing.watch, _("Follow"), "bell", when=_watches_not, fields=WHO),
    Verb(implementing.unwatch, _("Follow no longer"), "bell", when=_watches, fields=WHO),
    Verb(
        implementing.link,
        pgettext_lazy("action", "Link"),
        "link",
        fields=(Ask("other", _("Other change")), Ask("type", _("This change"))),
    ),
    Verb(implementing.unlink, _("Remove the link"), "close", when=LINKED),
    _step(implementing.merge, _("Merge"), "merge", Ask("into", _("Into which change"))),
    Verb(implementing.unmerge, _("Undo the merge"), "split", when=Q(merged_into__isnull=False)),
    _step(authorising.redraft, _("Back to draft"), "history"),
    _step(authorising.cancel, _("Cancel the change"), "close", _text(_("Why"), "why"), danger=True),
)


class ChangeResource(Resource):
    model = Change
    address = "changes"
    policy = ChangePolicy
    key = "number"
    order = ("-opened_at",)
    related = ("team", "assignee", "requester", "model", "problem")
    dated = "opened_at"
    icon = "edit"
    state = "state"
    tones = {
        "draft": "still",
        "assess": "watch",
        "authorise": "watch",
        "scheduled": "accent",
        "implement": "accent",
        "review": "watch",
        "closed": "good",
        "rejected": "bad",
        "cancelled": "still",
    }
    abilities = ("attachments",)
    remove = None
    panels = (
        Panel("", ("title", "kind", "model", "team", "problem", "why")),
        Panel(_("Window"), ("planned_from", "planned_until", "outage_minutes")),
        Panel(_("Plan"), ("plan", "test_plan", "backout_plan")),
    )
    fields = (
        F("number", column=True, search="A", form=False, api="r"),
        F("kind", column=True),
        F("state", column=True, form=False, api="r"),
        F("is_open", form=False, api="r", io=False, audit=False),
        F("title", column=True, search="A"),
        F("model", filter=False),
        F("problem", filter=False),
        F("language"),
        F("requester", filter=False, form=False, api="r"),
        F("team", column=True),
        F("assignee", filter=False, form=False, api="r"),
        F("why", search="C"),
        F("plan", search="C"),
        F("test_plan"),
        F("backout_plan"),
        F("planned_from", column=True),
        F("planned_until", column=True, filter=False),
        F("outage_minutes", filter=False),
        F("risk_score", filter=False, form=False, api="r"),
        F("risk_level", column=True, form=False, api="r"),
        F("outcome", form=False, api="r"),
        F("merged_into", filter=False, form=False, api="r", io=False),
        F("opened_at", form=False, api="r"),
        F("authorised_at", filter=False, form=False, api="r"),
        F("started_at", filter=False, form=False, api="r"),
        F("completed_at", form=False, api="r"),
        F("review_due_at", filter=False, form=False, api="r"),
        F("closed_at", filter=False, form=False, api="r"),
        F("updated_at", filter=False, form=False, api="r", audit=False),
        F("reopened_count", form=False, api="r", audit=False),
        F("event_count", form=False, api="r", audit=False),
    )
    add, change = planning.add_change, planning.change_change
    verbs = VERBS
    pages = {"detail": "pages.change.change_page"}


PART = by_unit("change__team__unit")


class ChangeThingResource(Resource):
    """Added and taken off by verbs of the change."""

    model = ChangeThing
    address = "things"
    policy = PART
    in_menu = False
    related = ("change", "concerns")
    titled = ("change", "concerns")
    add = change = remove = None
    fields = (F("change", column=True, api="r"), F("concerns", column=True, filter=False, api="r"))


class CausedIncidentResource(Resource):
    """Noted and taken back by verbs of the change."""

    model = CausedIncident
    address = "caused-incidents"
    policy = PART
    in_menu = False
    related = ("change", "incident")
    titled = ("change", "incident")
    add = change = remove = None
    fields = (F("change", column=True, api="r"), F("incident", column=True, filter=False, api="r"))


class SuppressionWindowResource(Resource):
    """Written when a change is scheduled, for whoever watches alarms."""

    model = SuppressionWindow
    address = "suppression-windows"
    policy = PART
    in_menu = False
    related = ("change",)
    titled = ("change",)
    order = ("starts_at",)
    add = change = remove = None
    fields = (
        F("change", column=True, filter=False, api="r"),
        F("starts_at", column=True, api="r"),
        F("ends_at", column=True, api="r"),
    )
