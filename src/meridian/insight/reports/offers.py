"""The paper that the demo organisation has published: words in six languages, tables from rows."""

import json
from importlib import resources

from meridian.engine.policies import Actor
from meridian.engine.tables.catalogue import printed_tables
from meridian.insight.reports.commands import add_report
from meridian.insight.reports.models import Load, Report

DATASET = "baseline_2010"


def publish_demo(actor: Actor) -> None:
    """Write the paper down, once, where the data set that it prints is loaded."""
    text = (resources.files(__package__) / "data" / "demo_paper.json").read_text(encoding="utf-8")
    said = json.loads(text)
    load = Load.objects.filter(name=DATASET).order_by("pk").first()
    if load is None or Report.objects.filter(symbol=said["symbol"]).exists():
        return
    known = printed_tables()
    tables = [f"[[{name}]]" for name in said["tables"] if name in known]
    narrative = {language: "\n\n".join([*words, *tables]) for language, words in said["narrative"].items()}
    add_report(
        actor=actor,
        symbol=said["symbol"],
        title=said["title"],
        dataset_key=load.key,
        narrative=narrative,
    )
