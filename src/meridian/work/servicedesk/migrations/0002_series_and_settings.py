"""The number series of the desk, and the settings that a new desk begins with."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from meridian.engine.audit import trail
from meridian.engine.numbering import CreateSeries
from meridian.engine.policies import system_actor
from meridian.work.servicedesk.rules import DEFAULT_MATRIX

# Code; stops the clock, needs a note, needs a date, ends when the requester replies; names.
HOLD_REASONS = (
    (
        "requester",
        (True, True, False, True),
        {
            "en": "Requester",
            "fr": "Demandeur",
            "es": "Solicitante",
            "ru": "Заявитель",
            "zh-hans": "请求人",
            "ar": "مقدّم الطلب",
        },
    ),
    (
        "supplier",
        (False, True, True, False),
        {
            "en": "Supplier",
            "fr": "Fournisseur",
            "es": "Proveedor",
            "ru": "Поставщик",
            "zh-hans": "供应商",
            "ar": "المورّد",
        },
    ),
    (
        "shipment",
        (True, True, True, False),
        {
            "en": "Parts or shipment",
            "fr": "Pièces ou livraison",
            "es": "Repuestos o envío",
            "ru": "Запчасти или доставка",
            "zh-hans": "备件或货运",
            "ar": "قطع غيار أو شحنة",
        },
    ),
    (
        "site_unreachable",
        (True, False, False, False),
        {
            "en": "Site unreachable",
            "fr": "Site inaccessible",
            "es": "Sitio inaccesible",
            "ru": "Нет доступа к объекту",
            "zh-hans": "站点无法到达",
            "ar": "تعذّر الوصول إلى الموقع",
        },
    ),
    (
        "security_clearance",
        (True, True, False, False),
        {
            "en": "Security clearance",
            "fr": "Habilitation de sécurité",
            "es": "Autorización de seguridad",
            "ru": "Разрешение службы безопасности",
            "zh-hans": "安全许可",
            "ar": "تصريح أمني",
        },
    ),
    (
        "planned_change",
        (False, False, True, False),
        {
            "en": "Planned change",
            "fr": "Changement planifié",
            "es": "Cambio planificado",
            "ru": "Плановое изменение",
            "zh-hans": "计划变更",
            "ar": "تغيير مخطط له",
        },
    ),
    (
        "problem",
        (False, True, False, False),
        {
            "en": "Underlying problem",
            "fr": "Problème sous-jacent",
            "es": "Problema subyacente",
            "ru": "Исходная проблема",
            "zh-hans": "根本问题",
            "ar": "مشكلة أساسية",
        },
    ),
)

NEVER_REMOVED = """
CREATE TRIGGER work_item_stays BEFORE DELETE ON servicedesk_workitem
  FOR EACH ROW EXECUTE FUNCTION audit_refuse();
"""


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    with trail.entry("servicedesk.settings.install", system_actor("Meridian")):
        apps.get_model("servicedesk", "PriorityCell").objects.bulk_create(
            apps.get_model("servicedesk", "PriorityCell")(impact=impact, urgency=urgency, priority=priority)
            for (impact, urgency), priority in DEFAULT_MATRIX.items()
        )
        apps.get_model("servicedesk", "HoldReason").objects.bulk_create(
            apps.get_model("servicedesk", "HoldReason")(
                code=code,
                pauses_clock=behaviour[0],
                needs_note=behaviour[1],
                needs_until=behaviour[2],
                waits_for_requester=behaviour[3],
                name=name,
            )
            for code, behaviour, name in HOLD_REASONS
        )


class Migration(migrations.Migration):
    dependencies = [("servicedesk", "0001_initial"), ("audit", "0002_functions")]

    operations = [
        CreateSeries("INC"),
        CreateSeries("REQ"),
        migrations.RunSQL(NEVER_REMOVED, "DROP TRIGGER work_item_stays ON servicedesk_workitem"),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
