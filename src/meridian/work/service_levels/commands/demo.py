"""What the demo organisation promises, and the clocks of what its desks have in hand."""

from datetime import date, timedelta
from typing import Any

from meridian.engine.commands import standard_command
from meridian.engine.policies import Actor
from meridian.work.service_levels.commands.correcting import follow_corrections
from meridian.work.service_levels.commands.counting import take_up_items
from meridian.work.service_levels.commands.setting import add_clock_policy, add_policy_version
from meridian.work.service_levels.models import ClockPolicy, Escalation
from meridian.work.servicedesk.facade import Team

HOUR = 60
SINCE = date(2020, 1, 1)
ENDED_SINCE = timedelta(days=14)
# Code, kind, measure, hours, minutes by priority, names.
POLICIES: tuple[tuple[str, str, str, str, tuple[int | None, ...], dict[str, str]], ...] = (
    (
        "update",
        "sla",
        "update",
        "team",
        (HOUR, 4 * HOUR, None, None, None),
        {
            "en": "Requesters of pressing work are kept informed",
            "fr": "Les demandeurs de travaux urgents sont tenus informés",
            "es": "Se mantiene informados a los solicitantes de trabajos urgentes",
            "ru": "Заявителей срочных работ держат в курсе",
            "zh-hans": "紧急事项的请求人随时获知进展",
            "ar": "يُبقى مقدّمو الأعمال العاجلة على اطّلاع",
        },
    ),
    (
        "resolver-groups",
        "ola",
        "resolve",
        "team",
        (2 * HOUR, 4 * HOUR, 16 * HOUR, 30 * HOUR, 60 * HOUR),
        {
            "en": "Resolver groups end their part",
            "fr": "Les groupes de résolution terminent leur part",
            "es": "Los grupos de resolución terminan su parte",
            "ru": "Группы решения завершают свою часть",
            "zh-hans": "解决小组完成其工作",
            "ar": "تُنهي مجموعات الحل نصيبها",
        },
    ),
)
HEADQUARTERS = {
    "en": "Incidents at a vital team are resolved around the sun",
    "fr": "Les incidents d’une équipe vitale sont résolus autour du soleil",
    "es": "Los incidentes de un equipo vital se resuelven siguiendo al sol",
    "ru": "Инциденты важнейшей группы устраняются круглосуточно",
    "zh-hans": "关键团队的事件由各枢纽接力解决",
    "ar": "تُحلّ حوادث الفريق الحيوي على مدار الشمس",
}


def promise_demo(actor: Actor) -> None:
    """Policies of the reference organisation, once, and the clocks of open and lately ended items."""
    if not ClockPolicy.objects.filter(code="update").exists():
        for code, kind, measure, hours, minutes, name in POLICIES:
            _promise(actor, code, kind, measure, hours, minutes, name)
        hub = Team.objects.filter(is_hub=True).order_by("pk").first()
        if hub is not None:
            hubs_hours = (4 * HOUR, 8 * HOUR, 24 * HOUR, 48 * HOUR, 96 * HOUR)
            _promise(actor, "hub-resolve", "sla", "resolve", "hubs", hubs_hours, HEADQUARTERS, team=hub)
    take_up_items(actor=actor, ended_since=ENDED_SINCE)
    follow_corrections(actor=actor)


def _promise(
    actor: Actor,
    code: str,
    kind: str,
    measure: str,
    hours: str,
    minutes: tuple[int | None, ...],
    name: dict[str, str],
    **scope: Any,
) -> None:
    policy = add_clock_policy(actor=actor, code=code, name=name, kind=kind, measure=measure, **scope)
    targets = {f"priority_{place}": target for place, target in enumerate(minutes, start=1)}
    add_policy_version(actor=actor, policy=policy, effective_on=SINCE, hours=hours, **targets)
    for percent, whom, when in ((75, "assignee", "recipient"), (100, "lead", "awake")):
        standard_command(Escalation, "add")(actor=actor, policy=policy, percent=percent, whom=whom, when=when)
