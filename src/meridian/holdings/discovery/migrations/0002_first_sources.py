"""The sources that the house can read."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from meridian.engine.audit import trail
from meridian.engine.policies import system_actor

LANGUAGES = ("en", "fr", "es", "ru", "zh-hans", "ar")
SOURCES = (
    ("glpi", "agent", 10, 90, ("GLPI agents", "Agents GLPI", "Agentes GLPI", "Агенты GLPI", "GLPI 代理程序", "وكلاء GLPI")),
    ("snmp", "network", 30, 30, ("Seen by SNMP", "Vu par SNMP", "Visto por SNMP", "Увидено по SNMP", "SNMP 所见", "مرصود عبر SNMP")),
    ("netbox", "register", 50, None, ("NetBox", "NetBox", "NetBox", "NetBox", "NetBox", "NetBox")),
    ("tables", "files", 70, None, ("Tables", "Tableaux", "Tablas", "Таблицы", "表格", "الجداول")),
)


def add_sources(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Written under an entry like every other row."""
    with trail.entry("discovery.source.begin", system_actor("Meridian")):
        for code, kind, precedence, most_days, names in SOURCES:
            apps.get_model("discovery", "Source").objects.create(
                code=code,
                name=dict(zip(LANGUAGES, names, strict=True)),
                kind=kind,
                precedence=precedence,
                most_days=most_days,
            )


class Migration(migrations.Migration):
    dependencies = [("discovery", "0001_add_sightings"), ("audit", "0002_functions")]

    operations = [migrations.RunPython(add_sources, migrations.RunPython.noop)]
