"""What nobody means and somebody sends: values that are no text, no number, no day, or too much."""

import hashlib
import os
from collections.abc import Sequence
from typing import Any, TypeVar

IS_SOAK = bool(os.environ.get("MERIDIAN_SOAK"))
One = TypeVar("One")


def some(values: Sequence[One], count: int, *of: Any) -> list[One]:
    """`count` of the values, always the same ones for `of`; all of them in a soak."""
    if IS_SOAK or count >= len(values):
        return list(values)
    digest = hashlib.sha256(repr(of).encode()).digest()
    first, step = int.from_bytes(digest[:4]), 1 + digest[4] % (len(values) - 1)
    return [values[place] for place in sorted({(first + step * turn) % len(values) for turn in range(count)})]


# As a browser, or a program in its place, writes them into a form or an address.
TEXTS = (
    "",
    "\0",
    "²",
    "١٢٣٤",
    "1e999",
    "-1e999",
    "NaN",
    "Infinity",
    "-Infinity",
    "9" * 400,
    "9" * 5_000,
    "-" + "9" * 30,
    "0." + "0" * 400 + "1",
    "9999-12-31",
    "0000-01-01",
    "0001-01-01",
    "9999-12-31T23:59",
    "0001-01-01T00:00",
    "2026-02-30",
    "x" * 100_000,
    "\u202egnihton\u202c\u2066",
    "\u200b\u00ad\ufeff",
    "[" * 20_000,
    '{"a":' * 500 + "1" + "}" * 500,
    "../../etc/passwd",
    "%s%n{0}{{ 1 }}",
    "' OR 1=1 --",
)
LONE_SURROGATE = "\ud800"
# As a program sends them in JSON.
VALUES: tuple[Any, ...] = (
    *TEXTS,
    LONE_SURROGATE,
    None,
    True,
    0,
    -1,
    10**400,
    2**63,
    -(2**31) - 1,
    1.5,
    1e308,
    float("inf"),
    [],
    {},
    [[]],
    [None],
    ["\0"],
    ["x"] * 20_000,
    {"en": "\0"},
    {"en": LONE_SURROGATE},
    {"en": {"en": "x"}},
    {"xx": "x"},
    {"a": {"b": LONE_SURROGATE}},
    {"\0": 1},
    {"a": 10**400},
)
DEEP: list[Any] = []
for _depth in range(300):
    DEEP = [DEEP]
VALUES += (DEEP, {"a": DEEP}, 1e18, -1e19)
# Bodies that are no JSON, or such as no program should build.
BODIES = (
    b"",
    b"{",
    b"null",
    b"[]",
    b'"text"',
    b"1",
    b"NaN",
    b'{"code": NaN}',
    b'{"code": Infinity}',
    b'{"code": 1e999}',
    b'{"code": ' + b"9" * 5_000 + b"}",
    b'{"code": "\xff\xfe"}',
    b'{"code": "\\ud800"}',
    b'{"\\ud800": 1}',
    b'{"code": "\\u0000"}',
    b"[" * 200_000,
    b'{"a":' * 50_000,
    b'{"code": ' + b"[" * 900 + b"]" * 900 + b"}",
    b'{"code": "a", "code": "b"}',
    b"\xef\xbb\xbf{}",
    b"\x00" * 100,
)
FILE_NAMES = (
    "../../etc/passwd",
    "..",
    "a\0b.csv",
    "n" * 5_000 + ".csv",
    "\r\nX: y.csv",
    "\x07\x1b[31m.csv",
    "\u202evsc.exe",
    "C:\\CON\\nul.csv",
    "\u200b",
    " ",
    "rows",
    'a";b=".csv',
    "%00%2e%2e%2f.csv",
    "\u0663\u00b2.csv",
)
