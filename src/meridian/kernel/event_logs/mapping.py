"""The mapping of a log: which of its attributes are a case's number, time, state and so on."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Any

import yaml

from meridian.kernel.event_logs.faults import NotAMapping
from meridian.kernel.notation.instants import Reader, reader_of, zone_of
from meridian.kernel.words import near

FORMATS = ("csv", "xes")
STATES = ("new", "assigned", "in_progress", "waiting", "resolved", "closed", "cancelled")
OPTIONAL = ("group", "owner", "line", "country", "product", "impact", "subject", "requester")
REQUIRED = ("format", "kind", "number", "at", "state", "states")
KEYS = (*REQUIRED, *OPTIONAL)
OF_AT = ("attribute", "pattern", "zone")
DEFAULT = "default"
JOINED_BY = "/"
MOST_BYTES = 1_000_000
LONGEST_KIND = 60
# What YAML writes for no value, unless it stands in quotes.
NOTHING = ("~", "null", "Null", "NULL")
NO_TEXT = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True)
class LogMapping:
    """A mapping that was read and understood.

    `state` are the attributes whose values, joined by a stroke, `states` leads to states of the house;
    `default` is the state of every other value, None puts it into quarantine. `named` are the
    optional attributes by their key.
    """

    format: str
    kind: str
    number: str
    at: str
    pattern: str | None
    zone: tzinfo
    state: tuple[str, ...]
    states: Mapping[str, str]
    default: str | None
    named: Mapping[str, str]
    text: str

    @property
    def attributes(self) -> tuple[str, ...]:
        """Every attribute of the log that the mapping names, those that it must have first."""
        return tuple(dict.fromkeys((self.number, self.at, *self.state, *self.named.values())))

    @property
    def read_instant(self) -> Reader:
        """Reads an instant of the log, as microseconds since 1970."""
        return reader_of(self.pattern, self.zone)

    def state_of(self, words: str) -> str | None:
        """The state of the house that the log's words lead to; where one of several attributes is empty,
        those of the others."""
        found = self.states.get(words)
        if found is None and JOINED_BY in words:
            found = self.states.get(JOINED_BY.join(filter(None, words.split(JOINED_BY))))
        return found or self.default


def read_mapping(path: Path) -> LogMapping:
    """The mapping in a file.

    Raises `NotAMapping`, with one sentence that names the key and what may have been meant.
    """
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise NotAMapping(f"{path.name} is no mapping: it is longer than {MOST_BYTES:,} bytes.")
    try:
        return understood(content.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise NotAMapping(f"{path.name} is no mapping: it is not a text in UTF-8.") from fault


def understood(text: str) -> LogMapping:
    """The mapping that a text in YAML gives; every scalar is taken as the words that stand there."""
    said = _plain(text)
    for key in said:
        if key not in KEYS and key != DEFAULT:
            raise NotAMapping(f"The mapping's key “{key}” is not known. {_instead(key, KEYS)}")
    missing = [key for key in REQUIRED if not said.get(key)]
    if missing:
        raise NotAMapping(f"The mapping doesn't say {' and '.join(missing)}.")
    format_name = _word(said, "format").lower()
    if format_name not in FORMATS:
        raise NotAMapping(f"The format “{format_name}” is not known. {_instead(format_name, FORMATS)}")
    kind = _word(said, "kind")
    if len(kind) > LONGEST_KIND:
        raise NotAMapping(
            f"The kind “{kind[:LONGEST_KIND]}…” is too long: it may have {LONGEST_KIND} characters."
        )
    at, pattern, zone = _instant(said["at"])
    states, default = _states(said["states"], said.get(DEFAULT))
    return LogMapping(
        format=format_name,
        kind=kind,
        number=_word(said, "number"),
        at=at,
        pattern=pattern,
        zone=zone,
        state=_several(said["state"]),
        states=states,
        default=default,
        named={key: _word(said, key) for key in OPTIONAL if said.get(key)},
        text=text,
    )


def check_attributes(mapping: LogMapping, known: Sequence[str], place: str) -> None:
    """Refuse a mapping that names an attribute which isn't among those that are `known` of the log."""
    present = set(known)
    for name in mapping.attributes:
        if name not in present:
            raise NotAMapping(f"{place} has no “{name}”, which the mapping names. {_instead(name, known)}")


def split_state(mapping: LogMapping, known: Iterable[str]) -> tuple[str, ...]:
    """The attributes of the state: one written with strokes names several, unless there is such a one."""
    present = set(known)
    if len(mapping.state) == 1 and mapping.state[0] not in present and JOINED_BY in mapping.state[0]:
        return tuple(part.strip() for part in mapping.state[0].split(JOINED_BY))
    return mapping.state


def _plain(text: str) -> dict[str, Any]:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as fault:
        where = getattr(fault, "problem_mark", None)
        line = f" in line {where.line + 1}" if where else ""
        raise NotAMapping(f"The mapping is not YAML{line}.") from fault
    if not isinstance(node, yaml.MappingNode):
        raise NotAMapping("The mapping is no list of keys with their values.")
    return _entries(node, "The mapping", deep=True)


def _entries(node: yaml.MappingNode, where: str, *, deep: bool) -> dict[str, Any]:
    """Keys and values as words; only one level of maps and lists below, so that nothing can multiply."""
    found: dict[str, Any] = {}
    for key_node, value in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise NotAMapping(f"{where} has a key in line {key_node.start_mark.line + 1} that is no word.")
        _refuse_no_text(key_node, where)
        key = str(key_node.value)
        if key in found:
            raise NotAMapping(f"{where} says “{key}” twice.")
        _refuse_no_text(value, where)
        if isinstance(value, yaml.ScalarNode):
            found[key] = "" if value.style is None and value.value in NOTHING else str(value.value)
        elif isinstance(value, yaml.SequenceNode) and all(
            isinstance(one, yaml.ScalarNode) for one in value.value
        ):
            found[key] = [str(one.value) for one in value.value]
        elif isinstance(value, yaml.MappingNode) and deep:
            found[key] = _entries(value, f"“{key}”", deep=False)
        else:
            raise NotAMapping(
                f"{where} says something under “{key}” that is neither a word nor a list of words."
            )
    return found


def _refuse_no_text(node: yaml.Node, where: str) -> None:
    """An escape of YAML may write a NUL or half a character, which neither database nor terminal takes."""
    for one in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        if isinstance(one, yaml.ScalarNode) and NO_TEXT.search(one.value):
            line = one.start_mark.line + 1
            raise NotAMapping(f"{where} holds a character in line {line} that is no text.")


def _word(said: Mapping[str, Any], key: str) -> str:
    value = said[key]
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, str) or not value:
        raise NotAMapping(f"The mapping's “{key}” must be one name.")
    return value


def _several(value: Any) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(names):
        raise NotAMapping("The mapping's “state” must be the name of an attribute, or a list of several.")
    return tuple(names)


def _instant(value: Any) -> tuple[str, str | None, tzinfo]:
    """Attribute, pattern and zone: a name alone, the three in a list, or each under its key."""
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list):
        if len(value) > len(OF_AT):
            raise NotAMapping(f"The mapping's “at” lists more than {', '.join(OF_AT)}.")
        value = dict(zip(OF_AT, value, strict=False))
    for key in value:
        if key not in OF_AT:
            raise NotAMapping(
                f"The mapping's “at” has a key “{key}” that is not known. {_instead(key, OF_AT)}"
            )
    for key, words in value.items():
        if not isinstance(words, str):
            raise NotAMapping(f"The mapping's “at” must say one word under “{key}”, no list.")
    if not value.get("attribute"):
        raise NotAMapping("The mapping's “at” doesn't say its attribute.")
    pattern = value.get("pattern") or None
    try:
        zone = zone_of(value.get("zone") or "UTC")
        reader_of(pattern, zone)
    except ValueError as fault:
        raise NotAMapping(f"The mapping's “at”: {fault}") from fault
    return value["attribute"], pattern, zone


def _states(value: Any, beside: Any) -> tuple[dict[str, str], str | None]:
    if not isinstance(value, dict):
        raise NotAMapping("The mapping's “states” must lead values of the log to states.")
    given = {**value} if beside is None else {DEFAULT: beside, **value}
    for words, state in given.items():
        if state not in STATES:
            raise NotAMapping(
                f"“{words}” leads to “{state}”, which is no state. {_instead(str(state), STATES)}"
            )
    default = given.pop(DEFAULT, None)
    return given, default


def _instead(name: str, known: Sequence[str]) -> str:
    suggested = near(name, known)
    if suggested:
        return f"Did you mean {' or '.join(f'“{one}”' for one in suggested)}?"
    some = ", ".join(f"“{one}”" for one in list(known)[:20])
    return f"There are: {some}{' and others' if len(known) > 20 else ''}."
