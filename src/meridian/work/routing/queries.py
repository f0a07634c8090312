"""What routing needs to know of an item and of people; a dozen statements, however many people."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Q

from meridian.work.routing.models import RouteRule
from meridian.work.routing.rules import Candidate
from meridian.work.servicedesk.facade import Membership, Person, WorkItem
from meridian.work.shifts.facade import AgentSkill, Hub, on_duty


def rule_for(item: WorkItem) -> RouteRule | None:
    """The first active rule that fits an item."""
    fits = (
        Q(kind__in=("", item.kind))
        & (Q(category=None) | Q(category=item.category_id))
        & Q(language__in=("", item.language))
        & Q(priority_until__gte=item.priority)
    )
    station = item.site.duty_station_id if item.site else None
    fits &= Q(duty_station=None) | Q(duty_station=station) if station else Q(duty_station=None)
    return RouteRule.objects.filter(fits, is_active=True).select_related("team").order_by("place").first()


def teams_asked(rule: RouteRule) -> list[int]:
    """The team of a rule; without one, every hub."""
    if rule.team_id:
        return [rule.team_id]
    return list(Hub.objects.filter(is_active=True).order_by("code").values_list("team", flat=True))


def candidates_for(item: WorkItem, teams: Iterable[int], now: datetime) -> list[Candidate]:
    """The agents of these teams as they stand now; who is in several, once where they are on shift."""
    wanted = list(teams)
    until = {(duty.person, duty.team): duty.until for duty in on_duty(now, wanted)}
    members = Membership.objects.filter(team__in=wanted, person__left_on__isnull=True)
    places = list(members.order_by("pk").values_list("person", "team"))
    people = {person for person, _team in places}
    spoken = {
        person: (first, frozenset([first, *others]))
        for person, first, others in Person.objects.filter(pk__in=people).values_list(
            "pk", "language", "languages"
        )
    }
    skills: dict[int, set[int]] = {}
    for person, skill in AgentSkill.objects.filter(person__in=people).values_list("person", "skill"):
        skills.setdefault(person, set()).add(skill)
    in_hand = _counted(Q(assignee__in=people, is_open=True))
    helped = _counted(Q(assignee__in=people, requester=item.requester_id, resolved_at__isnull=False))
    at_site = (
        _counted(Q(assignee__in=people, site=item.site_id, resolved_at__isnull=False))
        if item.site_id
        else Counter()
    )
    found: dict[int, Candidate] = {}
    for person, team in places:
        ends = until.get((person, team))
        if person in found and (ends is None or found[person].seconds_left):
            continue
        found[person] = Candidate(
            person=person,
            team=team,
            first_language=spoken[person][0],
            languages=spoken[person][1],
            skills=frozenset(skills.get(person, ())),
            in_hand=in_hand[person],
            seconds_left=max(0, int((ends - now).total_seconds())) if ends else 0,
            helped_requester=helped[person],
            helped_site=at_site[person],
        )
    return list(found.values())


def _counted(which: Q) -> Counter[int]:
    """How many of these items each assignee has."""
    rows = WorkItem.objects.filter(which).order_by().values_list("assignee").annotate(Count("pk"))
    return Counter({person: count for person, count in rows if person is not None})
