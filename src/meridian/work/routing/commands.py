"""Routing an item: by rule, to a person, or loudly to nobody."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.commands import Refusal, Untimely, command, standard_command
from meridian.engine.events import publish
from meridian.engine.policies import Actor, Grant
from meridian.work.routing.events import ItemUnroutable
from meridian.work.routing.models import RouteRule, Routing
from meridian.work.routing.queries import candidates_for, rule_for, teams_asked
from meridian.work.routing.rules import WEIGHTS, Asked, Judged, chosen, judge
from meridian.work.servicedesk import facade as desk
from meridian.work.servicedesk.facade import Membership, Person, Team, WorkItem

# As many are written down as a page shows.
MOST_CANDIDATES = 60
NO_RULE = gettext_lazy("No rule fits this item: add one that fits everything, with the highest place.")


@command("routing.routing.route", on=Routing, title=gettext_lazy("route an item"))
def route(*, actor: Actor, item: WorkItem) -> Routing:
    """Give an open item to whoever fits best by the first rule that fits it.

    Where nobody can have it, it stays where it is, is called unroutable, and a person hears of it.
    """
    item = WorkItem.objects.select_related("site").select_for_update(of=("self",)).get(pk=item.pk)
    if not item.is_open:
        raise Untimely(_("Only open work is routed; this item has ended."))
    rule = rule_for(item)
    if rule is None:
        raise Refusal(
            _("No rule fits this item: add one that fits everything, with the highest place."), "item"
        )
    now = timezone.now()
    judged = judge(asked_of(item, rule), candidates_for(item, teams_asked(rule), now))
    best = chosen(judged)
    routing = Routing.objects.filter(item=item).first() or Routing(item=item)
    routing.rule, routing.routed_at = rule, now
    routing.candidates = [_told(one) for one in judged[:MOST_CANDIDATES]]
    routing.state = Routing.State.ROUTED if best else Routing.State.UNROUTABLE
    routing.team_id = best.candidate.team if best else rule.team_id
    routing.person_id = best.candidate.person if best else None
    routing.save()
    if best:
        _assign(actor, item, best)
    else:
        publish(ItemUnroutable(item.pk, rule.team_id or item.team_id, now))
    return routing


def asked_of(item: WorkItem, rule: RouteRule) -> Asked:
    """What a rule asks of whoever is to have an item."""
    return Asked(
        language=item.language,
        must_speak=rule.must_speak,
        skill=rule.skill_id or 0,
        most_in_hand=rule.most_in_hand,
        seconds_needed=int(timedelta(hours=rule.hours_needed).total_seconds()),
        weights={name: getattr(rule, f"weight_{name}") for name in WEIGHTS},
    )


def _assign(actor: Actor, item: WorkItem, best: Judged) -> None:
    team, person = Team.objects.get(pk=best.candidate.team), Person.objects.get(pk=best.candidate.person)
    if not Membership.objects.filter(team=team, person=person).exists():
        raise Untimely(_("The team has changed just now: route it again."))
    # The rule was set by whoever may set rules: no role at the teams it leads to is asked for.
    carrier = replace(actor, grants=(Grant(frozenset({"servicedesk.workitem.assign"})),), scopes=None)
    desk.assign(actor=carrier, item=item, team=team, assignee=person)


def _told(one: Judged) -> dict[str, Any]:
    who = one.candidate
    return {
        "person": who.person,
        "team": who.team,
        "fails": list(one.fails),
        "points": dict(one.points),
        "score": one.score,
        "in_hand": who.in_hand,
        "minutes_left": who.seconds_left // 60,
    }


def route_demo(actor: Actor) -> None:
    """Rules of the demo organisation: what is critical goes to whoever is awake, everything else stays."""
    if RouteRule.objects.exists():
        return
    add = standard_command(RouteRule, "add")
    for place, name, given in DEMO_RULES:
        add(actor=actor, place=place, name=name, **given)


DEMO_RULES: tuple[tuple[int, str, dict[str, Any]], ...] = (
    (10, "Critical, to whoever is awake and speaks the language", {"priority_until": 1, "hours_needed": 2}),
    (20, "Critical, to whoever is awake", {"priority_until": 1, "must_speak": False, "is_active": False}),
)
