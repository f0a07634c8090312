"""The documents of rows: their own words and those of their parts, such as the messages of an item."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from meridian.engine.resources import Resource, is_translated, resources
from meridian.engine.search.models import NO_TIME, TIMELESS
from meridian.engine.search.vectors import Text, learn, pieces, vectors
from meridian.engine.translation import language_codes

HEADINGS = frozenset("AB")
LONGEST_HEADING = 2_000
VIEW = "view"

Document = tuple[str, int, str, int, int, str]
"""Label, row, action, part, time and vector, as they stand in the table."""


def searched() -> list[type[Resource]]:
    """The resources whose rows can be found."""
    return [
        resource
        for resource in resources()
        if resource.searched() and not resource.found_as and not resource.stands_for
    ]


def parts_of(resource: type[Resource]) -> list[type[Resource]]:
    """The resources whose words find rows of this one."""
    return [
        part
        for part in resources()
        if part.found_as and part.field(part.found_as).related_model is resource.model
    ]


def whole_of(resource: type[Resource]) -> type[Resource]:
    """The resource whose rows are found by the words of this one: mostly itself."""
    if not resource.found_as:
        return resource
    model = resource.field(resource.found_as).related_model
    return next(found for found in resources() if found.model is model)


def actions_of(resource: type[Resource]) -> list[str]:
    """The actions that the documents of a resource may ask for, `view` first."""
    further = {action for part in parts_of(resource) for action in part.found_for[1].values()}
    return [VIEW, *sorted(further - {VIEW})]


def documents(resource: type[Resource], keys: Sequence[int]) -> Iterator[Document]:
    """The documents of the rows of these keys, in memory for as many as are asked for."""
    own = {values["pk"]: values for values in _values(resource, "pk", keys)}
    told: dict[tuple[int, str], list[Text]] = defaultdict(list)
    for key, values in own.items():
        told[key, VIEW] = list(_texts(resource, values))
    for part in parts_of(resource):
        field, action_of = part.found_for
        for values in _values(part, part.found_as, keys):
            action = action_of.get(str(values.get(field)), VIEW)
            told[values[part.found_as], action] += _texts(part, values)
    learn(text for texts in told.values() for text in texts)
    label = resource.model._meta.label_lower
    for (key, action), texts in told.items():
        if key not in own:
            continue
        # Who may read more reads all of it in one place, so that words are found together.
        readable = texts if action == VIEW else [*told[key, VIEW], *texts]
        at = _seconds(own[key].get(resource.dated)) if resource.dated else TIMELESS
        for number, vector in enumerate(vectors(readable)):
            yield label, key, action, number, at, vector


def columns(resource: type[Resource]) -> list[str]:
    """The fields that documents are made of."""
    known = {field.name for field in resource.model._meta.concrete_fields}
    special = (resource.found_as, resource.dated, resource.found_for[0], "language")
    return list(
        dict.fromkeys(
            [*(row.name for row in resource.searched()), *(name for name in special if name in known)]
        )
    )


def _values(resource: type[Resource], by: str, keys: Sequence[int]) -> Iterator[dict[str, Any]]:
    names = ["pk", *columns(resource)]
    rows = resource.model._base_manager.filter(**{f"{by}__in": keys}).order_by("pk")
    for row in rows.values_list(*names):
        yield dict(zip(names, row, strict=True))


def _texts(resource: type[Resource], values: Mapping[str, Any]) -> Iterator[Text]:
    for row in resource.searched():
        value = values[row.name]
        if is_translated(resource.field(row.name)):
            written = [(code, (value or {}).get(code) or "") for code in language_codes()]
        else:
            written = [(values.get("language") or "", _plain(value))]
        for language, text in written:
            heading = row.search in HEADINGS and len(text) <= LONGEST_HEADING
            if heading and text:
                yield Text(text, language, heading=True, whole=row.search == "A")
            elif text:
                yield from pieces(Text(text, language))


def _plain(value: Any) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _seconds(value: date | None) -> int:
    if value is None:
        return NO_TIME
    return int(value.timestamp()) if isinstance(value, datetime) else (value - date(1970, 1, 1)).days * 86_400
