"""Instants as other desks write them: by a pattern of `strptime`, or in ISO 8601."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

Reader = Callable[[str], int]

ISO = frozenset({"iso", "iso8601", "iso 8601", "iso-8601"})
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?", re.ASCII | re.IGNORECASE)
MIDNIGHT_AT_THE_END = re.compile(r"^(\d{4}-?\d\d-?\d\d)[T ]24:?00(:?00)?([.,]0+)?")
LONG_FRACTION = re.compile(r"([.,]\d{6})\d+")
KEPT_INSTANTS = 65_536
# The span that a calendar of the house can hold: outside of it stands a slip of the pen.
EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
FIGURES = {
    "Y": r"\d{4}",
    "m": r"\d{1,2}",
    "d": r"\d{1,2}",
    "H": r"\d{1,2}",
    "M": r"\d{1,2}",
    "S": r"\d{1,2}",
    "f": r"\d{1,}",
}
# Patterns as spreadsheets and Java write them; what stands in quotes is meant as it stands.
LETTERS = re.compile(r"'[^']*'|([A-Za-z])\1*|.", re.DOTALL)
OF_LETTERS = dict(
    zip(
        "yyyy yy MMMM MMM MM M dd d HH H hh h mm m ss s S a XXX XX X Z EEE EEEE".split(),
        "%Y %y %B %b %m %m %d %d %H %H %I %I %M %M %S %S %f %p %z %z %z %z %a %A".split(),
        strict=True,
    )
)
# What strptime knows; C's own names of months and days are English.
DIRECTIVES = frozenset("aAwdbBmyYHIpMSfzZjUWcxXGuV%")


def zone_of(name: str) -> tzinfo:
    """A zone by its name (`Europe/Rome`, `UTC`) or offset (`+01:00`)."""
    if name.upper() in ("UTC", "Z", "GMT"):
        return UTC
    if offset := OFFSET.fullmatch(name):
        span = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return timezone(-span if offset[1] == "-" else span)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as fault:
        raise ValueError(f"There is no zone “{name}”; write it as Europe/Rome or +01:00.") from fault


def reader_of(pattern: str | None, zone: tzinfo) -> Reader:
    """Reads words as microseconds since 1970, in `zone` unless they name one; else raises ValueError."""
    if pattern is None or pattern.lower() in ISO:
        read: Callable[[str], datetime] = _iso
    else:
        wanted = _in_directives(pattern)
        _check(wanted)
        shape = _of_figures(wanted)

        def read(words: str) -> datetime:
            found = _by_figures(words, shape) if shape else None
            return found or _by_pattern(words, wanted)

    @lru_cache(KEPT_INSTANTS)
    def instant(words: str) -> int:
        try:
            found = read(words)
            if found.tzinfo is None:
                found = found.replace(tzinfo=zone)
            if not EARLIEST <= found < LATEST:
                raise ValueError
        except (ValueError, OverflowError) as fault:
            raise ValueError(f"“{words[:60]}” is no instant as the mapping describes it") from fault
        return (found - EPOCH) // MICROSECOND

    return instant


def _in_directives(pattern: str) -> str:
    """A pattern of letters, such as `yyyy-MM-dd HH:mm`, in those of strptime; any other as it stands."""
    if "%" in pattern:
        return pattern
    parts = [found[0] for found in LETTERS.finditer(pattern)]
    known = [OF_LETTERS.get(part.rstrip("S") or "S", part.strip("'")) for part in parts]
    is_one = {"%Y", "%y"} & set(known) and "%d" in known and {"%m", "%b", "%B"} & set(known)
    return "".join(known) if is_one else pattern


def _check(pattern: str) -> None:
    directives = re.findall(r"%(.?)", pattern, re.DOTALL)
    unknown = [one for one in directives if one not in DIRECTIVES]
    if not directives or unknown:
        raise ValueError(
            f"The pattern “{pattern}” is not one: write it with %Y, %m, %d, %H, %M, %S and %f, or write ISO."
        )
    try:
        datetime.strptime("", pattern)  # noqa: DTZ007
    except re.error as fault:
        raise ValueError(f"The pattern “{pattern}” names something twice.") from fault
    except ValueError:
        pass  # An empty text is no instant, of course: the pattern itself is understood.


def _of_figures(pattern: str) -> re.Pattern[str] | None:
    """A pattern of figures alone as an expression, which reads ten times as fast; None for others."""
    parts = re.split(r"(%.)", pattern)
    named = [part[1] for part in parts if part.startswith("%")]
    if not set("Ymd").issubset(named) or not set(named) <= set(FIGURES):
        return None
    shapes = [
        f"(?P<{part[1]}>{FIGURES[part[1]]})" if part.startswith("%") else re.escape(part) for part in parts
    ]
    return re.compile("".join(shapes), re.ASCII)


def _by_figures(words: str, shape: re.Pattern[str]) -> datetime | None:
    found = shape.fullmatch(words)
    if found is None:
        return None
    named = shape.groupindex
    year, month, day = map(int, found.group("Y", "m", "d"))
    hour = int(found["H"]) if "H" in named else 0
    minute = int(found["M"]) if "M" in named else 0
    second = int(found["S"]) if "S" in named else 0
    fraction = int(found["f"].ljust(6, "0")[:6]) if "f" in named else 0
    # The caller knows the zone.
    return datetime(year, month, day, hour, minute, second, fraction)  # noqa: DTZ001


def _by_pattern(words: str, pattern: str) -> datetime:
    try:
        return datetime.strptime(words, pattern)  # noqa: DTZ007
    except ValueError:
        shorter = LONG_FRACTION.sub(r"\1", words)
        if shorter == words:
            raise
        return datetime.strptime(shorter, pattern)  # noqa: DTZ007


def _iso(words: str) -> datetime:
    if day := MIDNIGHT_AT_THE_END.match(words):
        rest = words[day.end() :]
        return datetime.fromisoformat(f"{day[1]}T00:00:00{rest}") + timedelta(days=1)
    return datetime.fromisoformat(words)
