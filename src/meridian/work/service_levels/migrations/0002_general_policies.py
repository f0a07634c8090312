"""What is promised everywhere until a desk promises otherwise."""

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from meridian.engine.audit import trail
from meridian.engine.policies import system_actor

HOUR = 60
# Code, measure, hours, minutes by priority; names.
POLICIES = (
    (
        "resolve",
        "resolve",
        "team",
        (4 * HOUR, 8 * HOUR, 24 * HOUR, 40 * HOUR, 80 * HOUR),
        {
            "en": "Incidents are resolved",
            "fr": "Les incidents sont résolus",
            "es": "Los incidentes se resuelven",
            "ru": "Инциденты устраняются",
            "zh-hans": "事件得到解决",
            "ar": "تُحلّ الحوادث",
        },
    ),
    (
        "fulfil",
        "fulfil",
        "team",
        (4 * HOUR, 8 * HOUR, 24 * HOUR, 40 * HOUR, 80 * HOUR),
        {
            "en": "Requests are fulfilled",
            "fr": "Les demandes sont satisfaites",
            "es": "Las solicitudes se cumplen",
            "ru": "Запросы выполняются",
            "zh-hans": "请求得到满足",
            "ar": "تُلبّى الطلبات",
        },
    ),
    (
        "response",
        "response",
        "team",
        (30, HOUR, 4 * HOUR, 8 * HOUR, 16 * HOUR),
        {
            "en": "Requesters hear from the desk",
            "fr": "Les demandeurs reçoivent une première réponse",
            "es": "Los solicitantes reciben una primera respuesta",
            "ru": "Заявители получают первый ответ",
            "zh-hans": "请求人得到首次答复",
            "ar": "يتلقّى مقدّمو الطلبات أول رد",
        },
    ),
    (
        "approve",
        "approve",
        "site",
        (8 * HOUR, 8 * HOUR, 16 * HOUR, 24 * HOUR, 24 * HOUR),
        {
            "en": "Approvals are decided",
            "fr": "Les approbations sont décidées",
            "es": "Las aprobaciones se deciden",
            "ru": "Согласования решаются",
            "zh-hans": "审批得到决定",
            "ar": "يُبتّ في الموافقات",
        },
    ),
    (
        "hand-over",
        "hand_over",
        "always",
        (15, 15, HOUR, HOUR, HOUR),
        {
            "en": "Hand-overs are accepted",
            "fr": "Les passations sont acceptées",
            "es": "Los traspasos se aceptan",
            "ru": "Передачи смены принимаются",
            "zh-hans": "交接得到接收",
            "ar": "تُقبل عمليات التسليم",
        },
    ),
)
# Of what everybody is told who has the work, and who leads.
ESCALATIONS = ((75, "assignee", "recipient"), (100, "assignee", "awake"), (100, "lead", "awake"))


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    policies = apps.get_model("service_levels", "ClockPolicy")
    versions = apps.get_model("service_levels", "PolicyVersion")
    escalations = apps.get_model("service_levels", "Escalation")
    with trail.entry("service_levels.policies.install", system_actor("Meridian")):
        for code, measure, hours, minutes, name in POLICIES:
            policy = policies.objects.create(code=code, name=name, kind="sla", measure=measure)
            targets = {f"priority_{place}": target for place, target in enumerate(minutes, start=1)}
            versions.objects.create(policy=policy, effective_on=date(2000, 1, 1), hours=hours, **targets)
            if measure in ("resolve", "fulfil"):
                escalations.objects.bulk_create(
                    escalations(policy=policy, percent=percent, whom=whom, when=when)
                    for percent, whom, when in ESCALATIONS
                )


class Migration(migrations.Migration):
    dependencies = [("service_levels", "0001_initial"), ("audit", "0002_functions")]

    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
