"""Words of requests in six languages: subjects by category, and what is said along the way."""

import json

import numpy as np

from meridian.site.demoplan.opening_hours import Positions
from meridian.site.demoplan.rows import Plan
from meridian.site.demoplan.targets import DATA, GROUPS

TEXTS = json.loads((DATA / "request_texts.json").read_text(encoding="utf-8"))
MESSAGES: dict[str, dict[str, list[str]]] = json.loads(
    (DATA / "message_texts.json").read_text(encoding="utf-8")
)
CATEGORIES = tuple(TEXTS)
LANGUAGES = ("en", "fr", "es", "ru", "zh-hans", "ar")


def category_kind(category: str) -> str:
    """`incident` or `request`."""
    return str(TEXTS[category]["kind"])


def category_names(category: str) -> dict[str, str]:
    """The category's name by language."""
    return dict(TEXTS[category]["name"])


class RequestWords:
    """Tables over the plan's people from which subjects are written."""

    def __init__(self, plan: Plan) -> None:
        self.shares = np.array([TEXTS[category]["share"] for category in CATEGORIES]) / 100
        impacts = np.array([TEXTS[category]["impact"] for category in CATEGORIES]) / 100
        self.impact_ladders = np.cumsum(impacts, axis=1)
        self.group_of = np.array([GROUPS.index(person.location_group) for person in plan.people])
        self.language_of = np.array([LANGUAGES.index(person.languages[0]) for person in plan.people])
        self._things = {
            workstation.person: workstation.code
            for workstation in plan.workstations
            if workstation.person >= 0
        }
        self._applications = [
            [application.name for application in plan.applications if application.location_group == group]
            for group in GROUPS
        ]
        self._subjects = [
            [TEXTS[category]["titles"][language] for language in LANGUAGES] for category in CATEGORIES
        ]

    def titles(
        self, category: Positions, language: Positions, requester: Positions, random: np.random.Generator
    ) -> tuple[list[str], list[str]]:
        """Subject of each request, and what it concerns ("" for nothing)."""
        draws = random.random((category.size, 2)).tolist()
        titles, things = [], []
        rows = zip(category.tolist(), language.tolist(), requester.tolist(), draws, strict=True)
        for kind, tongue, person, (pick, other) in rows:
            subjects = self._subjects[kind][tongue]
            subject = subjects[int(pick * len(subjects))]
            thing = ""
            if "{" in subject:
                applications = self._applications[self.group_of[person]]
                if "{app}" in subject:
                    thing = applications[int(other * len(applications))]
                    subject = subject.replace("{app}", thing)
                else:
                    thing = self._things[person]
                    subject = subject.replace("{thing}", thing)
            titles.append(subject)
            things.append(thing)
        return titles, things


def message(words: str, language: int, number: int) -> str:
    """One of the things that are said at such a moment, in the language."""
    choices = MESSAGES[words][LANGUAGES[language]]
    return choices[number % len(choices)]
