"""What desks of the demo organisation have written down."""

import json
from importlib import resources
from typing import Any

from meridian.engine.commands import standard_command
from meridian.engine.policies import Actor
from meridian.work.routines.models import Checklist, ChecklistStep, StandardText, Template
from meridian.work.servicedesk.facade import Category


def write_routines(actor: Actor) -> None:
    """Standard texts, checklists and templates in six languages, once."""
    if StandardText.objects.exists():
        return
    text = (resources.files(__package__) / "data" / "demo.json").read_text(encoding="utf-8")
    said = json.loads(text)
    categories = {row.code: row for row in Category.objects.all()}

    def meant(row: dict[str, Any]) -> dict[str, Any]:
        return {**row, "category": categories.get(row["category"])}

    for row in said["texts"]:
        standard_command(StandardText, "add")(actor=actor, **meant(row))
    for row in said["templates"]:
        standard_command(Template, "add")(actor=actor, **meant(row))
    for row in said["checklists"]:
        steps = row.pop("steps")
        checklist = standard_command(Checklist, "add")(actor=actor, **meant(row))
        for place, words in enumerate(steps, 1):
            add = standard_command(ChecklistStep, "add")
            add(actor=actor, checklist=checklist, place=place, text=words)
