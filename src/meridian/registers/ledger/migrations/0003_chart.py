"""The chart that a new house begins with: units, accounts, funds and stages."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from meridian.engine.audit import trail
from meridian.engine.policies import system_actor

LANGUAGES = ("en", "fr", "es", "ru", "zh-hans", "ar")
UNITS = (
    ("USD", 2, ("US dollar", "dollar des États-Unis", "dólar de los EE. UU.", "доллар США", "美元", "دولار الولايات المتحدة")),
    ("PERCENT", 6, ("per cent", "pour cent", "por ciento", "процент", "百分比", "في المائة")),
)
ACCOUNTS = (
    ("budget:estimates", "expenses", ("Budget estimates", "Prévisions budgétaires", "Estimaciones presupuestarias", "Бюджетная смета", "预算估计数", "تقديرات الميزانية")),
    ("budget:authority", "equity", ("Budget authority", "Autorisation budgétaire", "Autorización presupuestaria", "Бюджетные полномочия", "预算授权", "الإذن بالميزانية")),
    ("actual:expenditure", "expenses", ("Expenditure", "Dépenses", "Gastos", "Расходы", "支出", "النفقات")),
    ("actual:funds", "assets", ("Funds", "Fonds", "Fondos", "Средства", "资金", "الأموال")),
    ("benefit:gain", "income", ("Benefits", "Avantages", "Beneficios", "Выгоды", "效益", "الفوائد")),
    ("benefit:pool", "equity", ("Cost pools that benefits relieve", "Coûts allégés", "Costos aliviados", "Сокращаемые затраты", "节省的成本池", "مجمّعات التكاليف المخفَّضة")),
    ("key:share", "equity", ("Shares of a sharing key", "Parts d’une clef de répartition", "Partes de una clave de reparto", "Доли ключа распределения", "分摊比例份额", "حصص مفتاح التقاسم")),
    ("key:whole", "equity", ("The whole of a sharing key", "Total d’une clef de répartition", "Total de una clave de reparto", "Целое ключа распределения", "分摊比例总数", "مجموع مفتاح التقاسم")),
)
FUNDS = (
    ("regular_budget", ("Regular budget", "Budget ordinaire", "Presupuesto ordinario", "Регулярный бюджет", "经常预算", "الميزانية العادية")),
    ("extrabudgetary", ("Extrabudgetary", "Fonds extrabudgétaires", "Recursos extrapresupuestarios", "Внебюджетные средства", "预算外资源", "الموارد الخارجة عن الميزانية")),
    ("peacekeeping", ("Peacekeeping missions", "Missions de maintien de la paix", "Misiones de mantenimiento de la paz", "Миссии по поддержанию мира", "维持和平特派团", "بعثات حفظ السلام")),
    ("peacekeeping_support_account", ("Peacekeeping support account", "Compte d’appui au maintien de la paix", "Cuenta de apoyo al mantenimiento de la paz", "Вспомогательный счет операций по поддержанию мира", "维持和平支助账户", "حساب دعم حفظ السلام")),
    ("other_assessed", ("Other assessed", "Autres contributions statutaires", "Otras cuotas", "Прочие начисленные взносы", "其他摊款", "الأنصبة المقررة الأخرى")),
)
STAGES = (
    ("appropriation", ("Appropriation", "Crédits ouverts", "Consignación", "Ассигнования", "批款", "الاعتماد")),
    ("technical_adjustments", ("Technical adjustments", "Ajustements techniques", "Ajustes técnicos", "Технические корректировки", "技术性调整", "تسويات فنية")),
    ("new_or_expanded_mandates", ("New or expanded mandates", "Mandats nouveaux ou élargis", "Mandatos nuevos o ampliados", "Новые или расширенные мандаты", "新授权或扩大授权", "ولايات جديدة أو موسعة")),
    ("other_changes", ("Other changes", "Autres changements", "Otros cambios", "Прочие изменения", "其他变动", "تغييرات أخرى")),
    ("recosting", ("Recosting", "Actualisation des coûts", "Ajuste", "Пересчет", "重计费用", "إعادة تقدير التكاليف")),
    ("estimate", ("Estimate", "Montant prévu", "Estimación", "Смета", "估计数", "التقدير")),
    ("proposal", ("Proposal", "Projet", "Propuesta", "Предложение", "提案", "المقترح")),
    ("advisory_body", ("Advisory body", "Organe consultatif", "Órgano consultivo", "Консультативный орган", "咨询机构", "الهيئة الاستشارية")),
    ("committee", ("Committee", "Commission", "Comisión", "Комитет", "委员会", "اللجنة")),
    ("approved", ("Approved", "Approuvé", "Aprobado", "Утверждено", "核定", "المعتمد")),
    ("revised", ("Revised", "Révisé", "Revisado", "Пересмотрено", "订正", "المنقح")),
    ("performance", ("Performance report", "Exécution", "Ejecución", "Исполнение", "执行情况", "الأداء")),
    ("benefits_low", ("Benefits, low", "Avantages, fourchette basse", "Beneficios, mínimo", "Выгоды, минимум", "效益下限", "الفوائد، الحد الأدنى")),
    ("benefits_high", ("Benefits, high", "Avantages, fourchette haute", "Beneficios, máximo", "Выгоды, максимум", "效益上限", "الفوائد، الحد الأقصى")),
)


def _names(texts: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(LANGUAGES, texts, strict=True))


def add_chart(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Written under an entry like every other row."""
    find = apps.get_model
    with trail.entry("ledger.chart.begin", system_actor("Meridian")):
        for code, decimals, texts in UNITS:
            find("ledger", "LedgerUnit").objects.create(code=code, decimals=decimals, name=_names(texts))
        for code, kind, texts in ACCOUNTS:
            find("ledger", "Account").objects.create(code=code, kind=kind, name=_names(texts))
        for axis, values in (("fund", FUNDS), ("stage", STAGES)):
            for code, texts in values:
                find("ledger", "DimensionValue").objects.create(axis=axis, code=code, name=_names(texts))
        find("ledger", "Book").objects.create(
            code="actual",
            kind="actual",
            name=_names(("Actual figures", "Chiffres effectifs", "Cifras efectivas", "Фактические данные", "实际数", "الأرقام الفعلية")),
        )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_functions"), ("audit", "0002_functions")]

    operations = [migrations.RunPython(add_chart, migrations.RunPython.noop)]
