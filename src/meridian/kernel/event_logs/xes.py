"""A log as XES (XES 1.0, IEEE 1849): each event with its line, whatever prefixes and nesting it uses.

The reader is expat without a document type: who declares one is refused, so that no entity and no default
of an attribute can unfold, and nothing outside of the file is read. It tells UTF-8, UTF-16 and the
eight-bit encodings apart by mark and declaration.
"""

import io
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from xml.parsers import expat
from zlib import crc32

from meridian.kernel.event_logs.faults import NotTheLog
from meridian.kernel.event_logs.lines import Said
from meridian.kernel.event_logs.mapping import OPTIONAL, LogMapping, check_attributes, split_state

FED_BYTES = 128 * 1024
# An event has some hundred bytes: longer tags, and longer traces, were made to fill memory.
LONGEST_TAG_BYTES = 16 * 1024 * 1024
MOST_EVENTS_OF_A_TRACE = 1_000_000
MOST_CHARACTERS_OF_A_TRACE = 64 * 1024 * 1024
MOST_DEPTH = 100
MOST_KEYS = 10_000
LONGEST_KEY = 1_000
LONGEST_VALUE = 100_000
ATTRIBUTES = frozenset(("string", "date", "int", "float", "boolean", "id", "list", "container"))
STANDARD = frozenset(("concept", "lifecycle", "org", "time", "semantic", "identity", "cost"))
MARK = 0xFFFF_FFFF
NO_EVENTS = "The trace has no events."
NO_TRACE = "The event belongs to no trace."

Attributes = dict[str, str]


def read_xes(stream: io.RawIOBase, mapping: LogMapping, name: str) -> Iterator[Said]:
    """Every event of a XES file as its words; a trace without events is one line, which is put aside.

    Raises `NotTheLog` for a file that is no XES or is cut off, `NotAMapping` at the end when an attribute
    that the mapping names occurred nowhere.
    """
    reader = _Reader(mapping, name)
    while chunk := stream.read(FED_BYTES):
        reader.feed(chunk)
        yield from reader.take()
    reader.feed(b"", last=True)
    yield from reader.take()
    if not reader.is_log:
        raise NotTheLog(f"{name} is XML but no XES: it has no element “log”.")
    if reader.has_events:
        known = list(reader.keys)
        check_attributes(replace(mapping, state=split_state(mapping, known)), known, f"No event of {name}")


class _Reader:
    """What expat says, put together to events."""

    def __init__(self, mapping: LogMapping, name: str) -> None:
        self._mapping, self._name = mapping, name
        self._found: deque[Said] = deque()
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._refuse_type
        self._since_tag = self._held = 0
        self._depth = 0
        self._trace_depth = self._event_depth = 0
        self._trace: Attributes = {}
        self._event: Attributes = {}
        self._nested: list[str] = []
        self._events: list[tuple[int, Attributes, int]] = []
        self._line = self._trace_line = self._mark = 0
        self._standing_for: dict[str, str] = {}
        self._said = _Worded(mapping)
        self.keys: dict[str, None] = {}
        self.is_log = self.has_events = False

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        self._since_tag += len(chunk)
        if self._since_tag > LONGEST_TAG_BYTES:
            raise NotTheLog(
                f"{self._name} holds something longer than {LONGEST_TAG_BYTES >> 20} MiB: this is no log."
            )
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as fault:
            said = "is cut off" if last else f"is not sound XML: {expat.ErrorString(fault.code)}"
            raise NotTheLog(f"{self._name} {said}, in line {fault.lineno}.") from fault
        except NotTheLog:
            raise
        except (LookupError, ValueError) as fault:
            raise NotTheLog(f"{self._name} is in an encoding that can't be read.") from fault

    def take(self) -> Iterator[Said]:
        while self._found:
            yield self._found.popleft()

    def _refuse_type(self, *_said: object) -> None:
        raise NotTheLog(f"{self._name} declares a document type, which no log needs: it is refused.")

    def _refuse_inside(self, tag: str) -> None:
        around = "event" if self._event_depth else "trace"
        line = self._parser.CurrentLineNumber
        raise NotTheLog(
            f"{self._name} has an element “{tag}” inside of an element “{around}”, in line {line}."
        )

    def _start(self, tag: str, said: Attributes) -> None:
        self._since_tag = 0
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise NotTheLog(f"{self._name} is nested more than {MOST_DEPTH} deep: this is no log.")
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag in ATTRIBUTES:
            self._attribute(said)
        elif tag == "event":
            if self._event_depth:
                self._refuse_inside(tag)
            self._event, self._event_depth, self._mark = {}, self._depth, 0
            self._line = self._parser.CurrentLineNumber
        elif tag == "trace":
            if self._trace_depth or self._event_depth:
                self._refuse_inside(tag)
            self._held = 0
            self._trace, self._events, self._trace_depth = {}, [], self._depth
            self._trace_line = self._parser.CurrentLineNumber
        elif tag == "log" and self._depth == 1:
            self.is_log = True
        elif tag == "extension":
            self._extend(said)

    def _attribute(self, said: Attributes) -> None:
        inside = self._event_depth or self._trace_depth
        if not inside:
            return
        key = said.get("key", "").strip()[:LONGEST_KEY]
        if self._standing_for:
            prefix, colon, rest = key.partition(":")
            if colon and prefix in self._standing_for and key not in self._said.wanted:
                key = f"{self._standing_for[prefix]}:{rest}"
        below = self._depth - inside - 1
        del self._nested[below:]
        self._nested.append(key)
        if below:
            # A value inside of another, or of a list, is known by the way that leads to it.
            key = ".".join(self._nested)
        if key not in self.keys and len(self.keys) < MOST_KEYS:
            self.keys[key] = None
        if self._event_depth:
            # A sum, for attributes of an event stand in no order.
            self._mark += crc32(f"{key}={said.get('value')}".encode())
        if key in self._said.wanted and "value" in said:
            target = self._event if self._event_depth else self._trace
            value = said["value"][:LONGEST_VALUE]
            self._held += len(value)
            if self._held > MOST_CHARACTERS_OF_A_TRACE:
                most = MOST_CHARACTERS_OF_A_TRACE >> 20
                raise NotTheLog(f"{self._name} has a trace of more than {most} million characters.")
            target.setdefault(key, value)

    def _extend(self, said: Attributes) -> None:
        """An extension of the standard under a prefix of the log's own."""
        stem = said.get("uri", "").rpartition("/")[2].removesuffix(".xesext").lower()
        prefix = said.get("prefix", "")
        if stem in STANDARD and prefix and prefix != stem:
            self._standing_for[prefix] = stem

    def _end(self, tag: str) -> None:
        self._since_tag = 0
        if self._depth == self._event_depth:
            self._end_event()
        elif self._depth == self._trace_depth:
            self._end_trace()
        self._depth -= 1

    def _end_event(self) -> None:
        self._event_depth, self.has_events = 0, True
        if not self._trace_depth:
            self._found.append(self._said.aside(self._line, {}, self._event, NO_TRACE))
            return
        self._events.append((self._line, self._event, self._mark & MARK))
        if len(self._events) > MOST_EVENTS_OF_A_TRACE:
            raise NotTheLog(f"{self._name} has a trace of more than {MOST_EVENTS_OF_A_TRACE:,} events.")

    def _end_trace(self) -> None:
        self._trace_depth = 0
        if not self._events:
            self._found.append(self._said.aside(self._trace_line, self._trace, {}, NO_EVENTS))
        for line, event, mark in self._events:
            self._found.append(self._said.of(line, self._trace, event, mark))
        self._events = []


class _Worded:
    """Events of a log as the words that the mapping names."""

    def __init__(self, mapping: LogMapping) -> None:
        self._mapping = mapping
        self._states = mapping.state
        self._split = split_state(mapping, ())
        self.wanted = frozenset((*mapping.attributes, *self._split))
        self._of_events = frozenset((mapping.at, *self._states, *self._split))
        self._optional = [mapping.named.get(key, "") for key in OPTIONAL]

    def of(self, line: int, trace: Attributes, event: Attributes, mark: int = 0) -> Said:
        # The number is the trace's, everything else the event's own before the trace's.
        number = trace.get(self._mapping.number)
        if number is None and self._mapping.number not in self._of_events:
            number = event.get(self._mapping.number)
        both = {**trace, **event}
        if self._mapping.number not in event:
            both.pop(self._mapping.number, None)
        states = self._states if self._states[0] in both else self._split
        said = [both.get(name, "") for name in states]
        state = "/".join(said) if any(said) else None
        rest = [both.get(name) for name in self._optional]
        return Said._make((line, number, both.get(self._mapping.at), state, *rest, both, "", mark))

    def aside(self, line: int, trace: Attributes, event: Attributes, fault: str) -> Said:
        return self.of(line, trace, event)._replace(fault=fault)
