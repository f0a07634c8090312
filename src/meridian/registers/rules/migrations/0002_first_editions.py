"""Published editions stay; and the editions that a new house begins with, each with its examples."""

from datetime import UTC, date, datetime

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from meridian.engine.audit import trail
from meridian.engine.policies import system_actor

LANGUAGES = ("en", "fr", "es", "ru", "zh-hans", "ar")
KEEP = """
CREATE FUNCTION rules_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NOT NULL THEN
    RAISE EXCEPTION 'Edition % is published and stays as it is.', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'rules_published_stays';
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER rules_published_stays BEFORE UPDATE OR DELETE ON rules_edition
  FOR EACH ROW EXECUTE FUNCTION rules_published_stays();
"""
REMOVE = "DROP FUNCTION rules_published_stays() CASCADE"

RULES = (
    (
        "cost-sharing",
        ("Cost sharing", "Partage des coûts", "Reparto de gastos", "Распределение расходов", "费用分摊", "تقاسم التكاليف"),
        "A/65/491",
        {
            "inputs": {"fund": "word", "cost": "USD"},
            "table": {
                "sets": "share",
                "rows": [
                    {"when": {"fund": "regular_budget"}, "value": "15"},
                    {"when": {"fund": "peacekeeping_support_account"}, "value": "62"},
                    {"when": {"fund": "extrabudgetary"}, "value": "23"},
                ],
            },
            "formulas": [{"name": "part", "is": "cost * share / 100"}],
            "outcome": "part",
            "examples": [
                {"given": {"fund": "regular_budget", "cost": "8535400"}, "gives": "1280310"},
                {"given": {"fund": "extrabudgetary", "cost": "8535400"}, "gives": "1963142"},
            ],
        },
    ),
    (
        "vacancy",
        ("Vacancy rates", "Taux de vacance", "Tasas de vacantes", "Доля вакансий", "空缺率", "معدلات الشغور"),
        "Example figures",
        {
            "inputs": {"category": "word", "new": "word"},
            "table": {
                "sets": "rate",
                "rows": [
                    {"when": {"category": "professional", "new": "yes"}, "value": "50"},
                    {"when": {"category": "general_service", "new": "yes"}, "value": "35"},
                    {"when": {"category": "professional"}, "value": "9.1"},
                    {"when": {}, "value": "7.4"},
                ],
            },
            "outcome": "rate",
            "examples": [
                {"given": {"category": "professional", "new": "yes"}, "gives": "50"},
                {"given": {"category": "general_service", "new": "no"}, "gives": "7.4"},
            ],
        },
    ),
    (
        "standard-post-cost",
        ("Standard post costs", "Coûts standard des postes", "Costos estándar de los puestos", "Нормативные расходы на должности", "标准员额费用", "التكاليف القياسية للوظائف"),
        "Example figures",
        {
            "inputs": {"grade": "word", "months": "month", "vacancy": ""},
            "constants": {"year": "12 month"},
            "table": {
                "sets": "standard",
                "unit": "USD",
                "rows": [
                    {"when": {"grade": "D-1"}, "value": "268400"},
                    {"when": {"grade": "P-5"}, "value": "233600"},
                    {"when": {"grade": "P-4"}, "value": "197800"},
                    {"when": {"grade": "P-3"}, "value": "163200"},
                    {"when": {"grade": "P-2/1"}, "value": "127400"},
                    {"when": {"grade": "GS-PL"}, "value": "118900"},
                    {"when": {"grade": "GS-OL"}, "value": "91300"},
                ],
            },
            "formulas": [
                {"name": "filled", "is": "1 - vacancy / 100"},
                {"name": "cost", "is": "round(standard * months / year * filled, 2)"},
            ],
            "outcome": "cost",
            "examples": [
                {"given": {"grade": "P-4", "months": "12", "vacancy": "0"}, "gives": "197800"},
                {"given": {"grade": "P-4", "months": "6", "vacancy": "50"}, "gives": "49450"},
            ],
        },
    ),
    (
        "inflation",
        ("Inflation", "Inflation", "Inflación", "Инфляция", "通货膨胀", "التضخم"),
        "Example figures",
        {
            "inputs": {"place": "word", "amount": "USD"},
            "table": {
                "sets": "percent",
                "rows": [
                    {"when": {"place": "New York"}, "value": "2.1"},
                    {"when": {"place": "Geneva"}, "value": "0.8"},
                    {"when": {}, "value": "2.5"},
                ],
            },
            "formulas": [{"name": "effect", "is": "round(amount * percent / 100, 2)"}],
            "outcome": "effect",
            "examples": [{"given": {"place": "Geneva", "amount": "100000"}, "gives": "800"}],
        },
    ),
    (
        "exchange-rate",
        ("Exchange rates", "Taux de change", "Tipos de cambio", "Валютные курсы", "汇率", "أسعار الصرف"),
        "Example figures",
        {
            "inputs": {"currency": "word", "amount": "local"},
            "table": {
                "sets": "rate",
                "unit": "local/USD",
                "rows": [
                    {"when": {"currency": "USD"}, "value": "1"},
                    {"when": {"currency": "CHF"}, "value": "0.905"},
                    {"when": {"currency": "EUR"}, "value": "0.922"},
                    {"when": {"currency": "KES"}, "value": "129.5"},
                ],
            },
            "formulas": [{"name": "dollars", "is": "round(amount / rate, 2)"}],
            "outcome": "dollars",
            "examples": [{"given": {"currency": "KES", "amount": "1295000"}, "gives": "10000"}],
        },
    ),
)


def add_rules(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Written under an entry like every other row."""
    with trail.entry("rules.edition.begin", system_actor("Meridian")):
        for code, names, source, body in RULES:
            rule = apps.get_model("rules", "Rule").objects.create(
                code=code, name=dict(zip(LANGUAGES, names, strict=True))
            )
            apps.get_model("rules", "Edition").objects.create(
                rule=rule,
                starts_on=date(2010, 1, 1),
                source=source,
                body=body,
                published_at=datetime(2010, 1, 1, tzinfo=UTC),
            )


class Migration(migrations.Migration):
    dependencies = [("rules", "0001_initial"), ("audit", "0002_functions")]

    operations = [
        migrations.RunSQL(KEEP, REMOVE),
        migrations.RunPython(add_rules, migrations.RunPython.noop),
    ]
