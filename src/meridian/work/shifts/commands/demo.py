"""Rosters of the demo organisation: four hubs around the sun, each with an early and a late turn."""

from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from meridian.engine.commands import standard_command
from meridian.engine.policies import Actor
from meridian.work.servicedesk.facade import Membership, Person, Team
from meridian.work.shifts.commands.rotations import (
    add_absence,
    add_override,
    add_rotation,
    set_members,
)
from meridian.work.shifts.models import AgentSkill, CoverageNeed, Hub, Skill

# From east to west: who hands over to the next. Names of hubs and skills in six languages.
HUBS: tuple[tuple[str, str, dict[str, str]], ...] = (
    (
        "BANGKOK",
        "DESK-ESCAP-1",
        {
            "en": "Bangkok",
            "fr": "Bangkok",
            "es": "Bangkok",
            "ru": "Бангкок",
            "zh-hans": "曼谷",
            "ar": "بانكوك",
        },
    ),
    (
        "NAIROBI",
        "DESK-UNON-1",
        {
            "en": "Nairobi",
            "fr": "Nairobi",
            "es": "Nairobi",
            "ru": "Найроби",
            "zh-hans": "内罗毕",
            "ar": "نيروبي",
        },
    ),
    (
        "BRINDISI",
        "DESK-UNLB-1",
        {
            "en": "Brindisi",
            "fr": "Brindisi",
            "es": "Brindisi",
            "ru": "Бриндизи",
            "zh-hans": "布林迪西",
            "ar": "برينديزي",
        },
    ),
    (
        "NEW-YORK",
        "DESK-OICT-IM-1",
        {
            "en": "New York",
            "fr": "New York",
            "es": "Nueva York",
            "ru": "Нью-Йорк",
            "zh-hans": "纽约",
            "ar": "نيويورك",
        },
    ),
)
SKILLS: dict[str, dict[str, str]] = {
    "network": {
        "en": "Networks and satellite links",
        "fr": "Réseaux et liaisons par satellite",
        "es": "Redes y enlaces por satélite",
        "ru": "Сети и спутниковая связь",
        "zh-hans": "网络与卫星链路",
        "ar": "الشبكات ووصلات السواتل",
    },
    "accounts": {
        "en": "Accounts and access",
        "fr": "Comptes et accès",
        "es": "Cuentas y acceso",
        "ru": "Учётные записи и доступ",
        "zh-hans": "账户与访问",
        "ar": "الحسابات والوصول",
    },
    "applications": {
        "en": "Enterprise applications",
        "fr": "Applications de gestion",
        "es": "Aplicaciones institucionales",
        "ru": "Корпоративные приложения",
        "zh-hans": "企业应用",
        "ar": "التطبيقات المؤسسية",
    },
}
TURNS = (("Early", time(7), time(15)), ("Late", time(12), time(20)))
MOST_MEMBERS = 7
WORKED_OF_SEVEN = 5


def roster_demo(actor: Actor) -> None:
    """Hubs, skills, rotations with 90 days of shifts, an absence with its stand-in, and what is needed."""
    teams = {team.code: team for team in Team.objects.filter(code__in=[code for _c, code, _n in HUBS])}
    if Hub.objects.exists() or len(teams) < len(HUBS):
        return
    skills = [
        standard_command(Skill, "add")(actor=actor, code=code, name=name) for code, name in SKILLS.items()
    ]
    following = None
    for code, team_code, names in reversed(HUBS):
        team = teams[team_code]
        following = standard_command(Hub, "add")(
            actor=actor, code=code, name=names, team=team, hands_over_to=following
        )
        _roster(actor, team, skills)
    first, last = Hub.objects.get(code=HUBS[0][0]), Hub.objects.get(code=HUBS[-1][0])
    standard_command(Hub, "change")(actor=actor, row=last, hands_over_to=first)


def _roster(actor: Actor, team: Team, skills: Sequence[Skill]) -> None:
    places = Membership.objects.filter(team=team, person__left_on__isnull=True).order_by("-is_lead", "pk")
    agents = [each.person for each in places.select_related("person")[: MOST_MEMBERS * len(TURNS)]]
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday() + 28)
    for offset, (name, begins, ends) in enumerate(TURNS):
        members = agents[offset :: len(TURNS)]
        if not members:
            continue
        rotation = add_rotation(
            actor=actor,
            team=team,
            name=name,
            zone=team.duty_station.zone,
            begins=begins,
            ends=ends,
            starts_on=monday,
            at_once=max(1, len(members) * WORKED_OF_SEVEN // 7),
            turn_days=1,
        )
        set_members(actor=actor, row=rotation, people=members)
    _know(actor, agents, skills)
    for language, least in ((team.languages[0] if team.languages else "en", 2), ("fr", 1)):
        standard_command(CoverageNeed, "add")(actor=actor, team=team, language=language, least=least)
    standard_command(CoverageNeed, "add")(actor=actor, team=team, language="", skill=skills[0], least=1)
    if len(agents) > 2:
        _away(actor, team, agents)


def _know(actor: Actor, agents: Sequence[Any], skills: Sequence[Skill]) -> None:
    add = standard_command(AgentSkill, "add")
    for place, person in enumerate(agents):
        add(actor=actor, person=person, skill=skills[place % len(skills)])


def _away(actor: Actor, team: Team, agents: Sequence[Person]) -> None:
    """The last of the agents is on leave for three days; on the first of them somebody comes as well."""
    begins = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=4)
    add_absence(
        actor=actor, person=agents[-1], kind="leave", start_at=begins, end_at=begins + timedelta(days=3)
    )
    day = begins + timedelta(hours=8)
    add_override(
        actor=actor,
        team=team,
        person=agents[0],
        way="also",
        start_at=day,
        end_at=day + timedelta(hours=4),
        reason="Stands in",
    )
