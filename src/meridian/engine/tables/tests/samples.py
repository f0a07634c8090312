"""Tables of the reference case's shape for the tests: groups, signs, nothing, notes, six languages."""

from dataclasses import replace

from meridian.engine.tables.specification import Axis, TableSpec, Unit
from meridian.engine.tables.table import Column, Table

WORDS = {
    "ar": ("التكاليف حسب المشروع", "بآلاف الدولارات", "المشروع", "مكتب الخدمة", "المجموع الفرعي", "المجموع"),
    "en": ("Costs by project", "USD thousand", "Project", "Service desk", "Subtotal", "Total"),
    "es": (
        "Gastos por proyecto",
        "Miles de dólares",
        "Proyecto",
        "Servicio de asistencia",
        "Subtotal",
        "Total",
    ),
    "fr": (
        "Coûts par projet",
        "Milliers de dollars",
        "Projet",
        "Centre d’assistance",
        "Total partiel",
        "Total",
    ),
    "ru": (
        "Расходы по проектам",
        "Тыс. долл. США",
        "Проект",
        "Служба поддержки",
        "Промежуточный итог",
        "Итого",
    ),
    "zh": ("按项目开列的费用", "千美元", "项目", "服务台", "小计", "共计"),
}
FACTS = [
    ("desk", "2010", 161_510_000),
    ("desk", "2012-2013", 1_965_500_049),
    ("centres", "2010", -190_620_051),
    ("centres", "2014-2015", 4_183_330_000),
    ("sourcing", "2014-2015", 100_000_033),
    ("office", "2010", 352_380_000),
    ("office", "2012-2013", 1_652_130_000),
]


def projects(language: str) -> Table:
    """Cents in thousands with one decimal, a group of three, a share of the total column, two notes."""
    title, unit, heading, desk, subtotal, total = WORDS[language]
    specification = TableSpec(
        name="projects-by-biennium",
        title=title,
        unit=Unit(unit, size=100_000, decimals=1),
        down=Axis(("desk", "centres", "sourcing", "office"), {"desk": desk}, heading),
        across=Axis(("2010", "2012-2013", "2014-2015")),
        groups=dict.fromkeys(("desk", "centres", "sourcing"), ("transformation",)),
        group_labels={"transformation": subtotal},
        total_label=total,
        total_column_label=total,
        derived=(Column("share", "%", percent_of=("2010", "total")),),
        notes=(("a", "<As> published & “revised”"), ("b", "b")),
    )
    table = specification.lay_out(FACTS)
    marked = replace(table.rows[0], marks=("a",), figure_marks={"2010": ("b",)})
    absent = replace(table.rows[2], values=(None, *table.rows[2].values[1:]))
    return replace(table, rows=(marked, table.rows[1], absent, *table.rows[3:]))


def counts() -> Table:
    """Whole numbers under years, one column of which looks like its figures."""
    specification = TableSpec(
        name="posts",
        title="Posts",
        unit=Unit("posts"),
        down=Axis(("P-5", "P-4", "2019")),
        across=Axis(("2019", "2020")),
    )
    return specification.lay_out([("P-5", "2019", 2019), ("P-4", "2020", 24), ("2019", "2020", 7)])
