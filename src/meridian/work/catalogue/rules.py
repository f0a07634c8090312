"""Forms of the catalogue: which fields are asked, what answers are good, how tasks follow each other.

A field is a mapping: `key`, `type`, `label` and `help` (texts by language), `is_needed`, `repeats` (how many
values at most), `options` (`key` and `label`) and `when`, a condition on keys of options, never on labels:
`{"field": "kind", "in": ["laptop"]}`, `{"all": […]}`, `{"any": […]}`, `{"not": …}`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

Field = Mapping[str, Any]
TYPES = ("text", "long", "number", "date", "choice", "many", "yes")
CHOSEN = ("choice", "many", "yes")
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
YES = ("yes", "no")
MOST_FIELDS, MOST_OPTIONS, MOST_REPEATS, MOST_TASKS = 60, 60, 20, 30
MOST_ASKED, MOST_HOURS = 50, 2_000
SHORT, LONG = 200, 4_000
DEEPEST_CONDITION = 6


def options_of(field: Field) -> tuple[str, ...]:
    """The keys that can be chosen."""
    if field.get("type") == "yes":
        return YES
    return tuple(str(option.get("key", "")) for option in field.get("options", ()))


def holds(condition: Any, answers: Mapping[str, Sequence[str]]) -> bool:
    """Whether a condition holds for the answers given so far."""
    if not condition:
        return True
    if "all" in condition:
        return all(holds(part, answers) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, answers) for part in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], answers)
    return bool(set(answers.get(condition["field"], ())) & set(condition["in"]))


def shown_fields(fields: Iterable[Field], answers: Mapping[str, Sequence[str]]) -> list[Field]:
    """The fields that are asked; what isn't asked counts as not answered for those after it."""
    shown: list[Field] = []
    known: dict[str, Sequence[str]] = {}
    for field in fields:
        if holds(field.get("when"), known):
            shown.append(field)
            known[field["key"]] = answers.get(field["key"], ())
    return shown


def read_answers(
    fields: Iterable[Field], given: Mapping[str, Sequence[str]]
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """The good answers to the fields that are asked, and by field what is amiss: a word of `FAULTS`."""
    good: dict[str, list[str]] = {}
    faults: dict[str, str] = {}
    for field in shown_fields(fields, given):
        key = field["key"]
        values = [text.strip() for text in given.get(key, ()) if text.strip()]
        fault = _fault(field, values)
        if fault:
            faults[key] = fault
        elif values:
            good[key] = values
    return good, faults


FAULTS = ("needed", "several", "length", "number", "date", "option")


def _fault(field: Field, values: list[str]) -> str:
    kind = field["type"]
    if not values:
        return "needed" if field.get("is_needed") else ""
    if kind != "many" and len(values) > field.get("repeats", 1):
        return "several"
    if kind in CHOSEN:
        return "" if set(values) <= set(options_of(field)) else "option"
    if any(len(text) > (LONG if kind == "long" else SHORT) for text in values):
        return "length"
    reads = {"number": _is_number, "date": _is_day}.get(kind)
    return kind if reads and not all(map(reads, values)) else ""


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def field_faults(fields: Any) -> Iterator[tuple[str, str]]:
    """What is wrong in the fields of a form: the key of the field and a word for it."""
    if not isinstance(fields, list) or len(fields) > MOST_FIELDS:
        yield "", "list"
        return
    before: dict[str, Field] = {}
    for field in fields:
        key = str(field.get("key", "")) if isinstance(field, dict) else ""
        if not KEY.fullmatch(key) or key in before:
            yield key, "key"
            return
        help = field.get("help")
        is_told = is_said(field.get("label")) and (not help or is_said(help))
        if field.get("type") not in TYPES or not is_told:
            yield key, "type"
            return
        if not _are_options(field.get("options", [])):
            yield key, "options"
            return
        options = options_of(field)
        if field["type"] in CHOSEN and (not options or len(options) != len(set(options))):
            yield key, "options"
        if not is_count(field.get("repeats", 1), MOST_REPEATS):
            yield key, "repeats"
        if not _is_sound(field.get("when"), before, 0):
            yield key, "when"
        before[key] = field


def is_said(texts: Any) -> bool:
    """Whether these are texts by language."""
    return isinstance(texts, dict) and all(isinstance(text, str) for text in texts.values())


def is_count(number: Any, most: int) -> bool:
    """Whether this is a whole number from 1 on."""
    return type(number) is int and 1 <= number <= most


def _are_words(words: Any) -> bool:
    return isinstance(words, list) and all(isinstance(word, str) for word in words)


def _are_options(options: Any) -> bool:
    return isinstance(options, list) and all(
        isinstance(option, dict)
        and isinstance(option.get("key"), str)
        and (not option.get("label") or is_said(option["label"]))
        for option in options
    )


def approval_fault(step: Any) -> bool:
    """Whether a step of approval lacks its name, whom it asks, or says how many or how long in no numbers."""
    return not (
        isinstance(step, dict)
        and is_said(step.get("name"))
        and _are_words(step.get("approvers"))
        and 1 <= len(step["approvers"]) <= MOST_ASKED
        and step.get("mode", "all") in ("all", "any", "some")
        and is_count(step.get("needed", 1), MOST_ASKED)
        and (step.get("hours") is None or is_count(step["hours"], MOST_HOURS))
    )


def _is_sound(condition: Any, before: Mapping[str, Field], depth: int) -> bool:
    """Whether a condition only asks of earlier fields for keys that can be chosen there."""
    if not condition:
        return True
    if not isinstance(condition, dict) or len(condition) not in (1, 2) or depth > DEEPEST_CONDITION:
        return False
    for word in ("all", "any"):
        if word in condition:
            parts = condition[word]
            return isinstance(parts, list) and all(_is_sound(part, before, depth + 1) for part in parts)
    if "not" in condition:
        return _is_sound(condition["not"], before, depth + 1)
    field, keys = before.get(str(condition.get("field"))), condition.get("in") or []
    return field is not None and bool(keys) and _are_words(keys) and set(keys) <= set(options_of(field))


def plan_faults(plan: Any) -> Iterator[tuple[str, str]]:
    """What is wrong in a plan of tasks: the key of the task and a word for it."""
    if not isinstance(plan, list) or len(plan) > MOST_TASKS:
        yield "", "list"
        return
    keys = [str(task.get("key", "")) if isinstance(task, dict) else "" for task in plan]
    for key, task in zip(keys, plan, strict=True):
        if not KEY.fullmatch(key) or keys.count(key) > 1 or not is_said(task.get("name")):
            yield key, "key"
            return
        if not _are_words(task.get("after", [])) or not set(task.get("after", ())) <= set(keys):
            yield key, "after"
            return
        if not is_count(task.get("hours", 8), MOST_HOURS):
            yield key, "hours"
        if not isinstance(task.get("team") or "", str):
            yield key, "team"
    left = {task["key"]: set(task.get("after", ())) for task in plan}
    while free := {key for key, after in left.items() if not after & set(left)}:
        left = {key: after for key, after in left.items() if key not in free}
    if left:
        yield sorted(left)[0], "ring"


def ready_tasks(tasks: Iterable[tuple[str, str, Sequence[str]]]) -> list[str]:
    """Which tasks (key, state, after) may begin: those not begun, with nothing before them still to do."""
    known = list(tasks)
    ended = {key for key, state, _after in known if state in ("done", "cancelled")}
    return [key for key, state, after in known if state == "coming" and set(after) <= ended]


def missing_texts(
    texts: Iterable[tuple[str, Mapping[str, str]]], languages: Iterable[str]
) -> list[tuple[str, str]]:
    """Which texts (where, by language) lack which language; what is empty in all of them lacks nothing."""
    return [
        (where, language)
        for where, said in texts
        if any(said.values())
        for language in languages
        if not said.get(language, "").strip()
    ]


def texts_of(
    fields: Iterable[Field], plan: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every text of a form and its plan, with where it stands."""
    for field in fields:
        yield field["key"], field["label"]
        yield f"{field['key']} ?", field.get("help") or {}
        for option in field.get("options", ()):
            yield f"{field['key']} = {option['key']}", option.get("label") or {}
    for task in plan:
        yield task["key"], task["name"]
