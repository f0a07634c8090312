"""Read what people hand in: plain or .xz text, streams of numbers, JSON records; faults name the place."""

import json
import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from meridian.kernel.console import Fault

LARGEST_NUMBER = 1e15
MOST_BYTES = 200_000_000
LONGEST_NUMBER = 400


def read_text(path: Path) -> str:
    """The text of a file, unpacked where its name ends in .xz; unreadable or empty is a `Fault`."""
    try:
        text = _unpacked(path).decode("utf-8")
    except FileNotFoundError:
        raise Fault(f"There is no file {path}.", "Check the path.") from None
    except OSError as error:
        raise Fault(f"{path} cannot be read: {error.strerror}.") from None
    except (lzma.LZMAError, EOFError):
        raise Fault(
            f"{path} is not a whole .xz file: it is cut short or damaged.", "Fetch it again."
        ) from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise Fault(f"{path}, line {line}: this is no text in UTF-8.", "Save the file as UTF-8.") from None
    if not text.strip():
        raise Fault(f"{path} is empty.", "Give a file with a model in it.")
    return text


def _unpacked(path: Path) -> bytes:
    """The bytes of a file, never more than a model has."""
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Fault(
            f"{path} holds more than {MOST_BYTES // 1_000_000} MB.", "Give a file with one model in it."
        )
    return content


class Numbers:
    """The words of a text one after the other, each known by its line, read as numbers."""

    def __init__(self, text: str, path: Path) -> None:
        self._words: Iterator[tuple[int, str]] = iter(
            (number, word) for number, line in enumerate(text.splitlines(), 1) for word in line.split()
        )
        self._path = path
        self.line = 0

    def word(self, what: str) -> str:
        """The next word; `what` says what it should be when the file ends too early."""
        try:
            self.line, word = next(self._words)
        except StopIteration:
            self.refuse(f"the file ends here, before {what}", "Fetch the whole file.")
        return word

    def number(self, what: str, *, minimum: float = 0.0) -> float:
        """The next word as a finite number of at least `minimum`."""
        word = self.word(what)
        try:
            value = float(word)
        except ValueError:
            self.refuse(f"{what} should be a number, not {word!r}")
        if not abs(value) <= LARGEST_NUMBER or value < minimum:
            self.refuse(f"{what} should be between {minimum:g} and {LARGEST_NUMBER:g}, not {word}")
        return value

    def count(self, what: str, *, minimum: int = 0) -> int:
        """The next word as a whole number of at least `minimum`."""
        value = self.number(what, minimum=minimum)
        if value != int(value):
            self.refuse(f"{what} should be a whole number, not {value:g}")
        return int(value)

    def finish(self, what: str) -> None:
        """Refuse words after the last one expected."""
        for line, word in self._words:
            self.line = line
            self.refuse(f"{word!r} stands after {what}, where the file should end")

    def refuse(self, sentence: str, mend: str = "") -> NoReturn:
        raise Fault(f"{self._path}, line {self.line}: {sentence}.", mend)


class Record:
    """An object of a JSON file read field by field; `where` is its place for a reader of the fault."""

    def __init__(self, fields: Any, where: str, path: Path) -> None:
        self._path = path
        self.where = where
        if not isinstance(fields, dict):
            self.refuse("should be an object in braces")
        self._fields: dict[str, Any] = fields
        self._read: set[str] = set()

    def _take(self, name: str, default: Any) -> Any:
        self._read.add(name)
        if name in self._fields:
            return self._fields[name]
        if default is ...:
            self.refuse(f"has no {name!r}")
        return default

    def has(self, name: str) -> bool:
        return name in self._fields

    def text(self, name: str, default: Any = ...) -> Any:
        value = self._take(name, default)
        if value is not default and (not isinstance(value, str) or not value.strip()):
            self.refuse(f"{name!r} should be words, not {value!r}")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self._take(name, default)
        if not isinstance(value, bool):
            self.refuse(f"{name!r} should be true or false, not {value!r}")
        return value

    def number(self, name: str, default: Any = ..., *, minimum: float = 0.0) -> Any:
        value = self._take(name, default)
        return value if value is default else self._checked(name, value, minimum)

    def whole(self, name: str, default: Any = ..., *, minimum: int = 0) -> Any:
        value = self.number(name, default, minimum=minimum)
        if value is not default and value != int(value):
            self.refuse(f"{name!r} should be a whole number, not {value!r}")
        return value if value is default else int(value)

    def numbers(self, name: str, length: int, default: Any = ..., *, minimum: float = 0.0) -> Any:
        """A list of `length` numbers; one number alone stands for all of them."""
        value = self._take(name, default)
        if value is default:
            return value
        values = value if isinstance(value, list) else [value] * length
        if len(values) != length:
            self.refuse(f"{name!r} should hold {length} numbers, not {len(values)}")
        return tuple(self._checked(name, each, minimum) for each in values)

    def texts(self, name: str, default: Any = ...) -> Any:
        value = self._take(name, default)
        if value is default:
            return value
        if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
            self.refuse(f"{name!r} should be a list of names")
        return tuple(value)

    def table(self, name: str, *, minimum: float = 0.0) -> dict[str, float]:
        """A map from names to numbers; absent is empty."""
        value = self._take(name, {})
        if not isinstance(value, dict):
            self.refuse(f"{name!r} should map names to numbers")
        return {key: self._checked(f"{name}.{key}", each, minimum) for key, each in value.items()}

    def records(self, name: str, default: Any = ...) -> list["Record"]:
        value = self._take(name, default)
        if not isinstance(value, list):
            self.refuse(f"{name!r} should be a list")
        prefix = f"{self.where} " if self.where != "the model" else ""
        return [Record(each, f"{prefix}{name}[{at}]", self._path) for at, each in enumerate(value)]

    def record(self, name: str) -> "Record":
        return Record(self._take(name, {}), name, self._path)

    def finish(self) -> None:
        """Refuse fields that nobody read: a misspelt name would be silently ignored."""
        unknown = sorted(set(self._fields) - self._read)
        if unknown:
            self.refuse(
                f"has an unknown field {unknown[0]!r}", f"Known are: {', '.join(sorted(self._read))}."
            )

    def refuse(self, sentence: str, mend: str = "") -> NoReturn:
        raise Fault(f"{self._path}: {self.where} {sentence}.", mend)

    def _checked(self, name: str, value: Any, minimum: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.refuse(f"{name!r} should be a number, not {value!r}")
        if not abs(value) <= LARGEST_NUMBER:
            self.refuse(f"{name!r} is beyond any number that can be planned with")
        if value < minimum:
            self.refuse(f"{name!r} should be at least {minimum:g}, not {value:g}")
        return value


def read_json(path: Path) -> Record:
    """The object of a JSON file; broken JSON, a repeated field or a number beyond reach is a `Fault`."""
    return Record(read_value(path), "the model", path)


def read_value(path: Path) -> Any:
    """What a JSON file holds; faults as in `read_json`."""

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        fields = dict(items)
        if len(fields) < len(items):
            seen: set[str] = set()
            twice = next(key for key, _ in items if key in seen or seen.add(key))  # type: ignore[func-returns-value]
            raise Fault(f"{path}: the field {twice!r} is given twice in one object.", "Keep one of them.")
        return fields

    def beyond(word: str) -> NoReturn:
        raise Fault(f"{path}: {word} is not a number that can be planned with.", "Give a finite number.")

    def whole(word: str) -> int:
        if len(word) > LONGEST_NUMBER:
            beyond(f"{word[:20]}…")
        return int(word)

    try:
        return json.loads(read_text(path), object_pairs_hook=pairs, parse_constant=beyond, parse_int=whole)
    except json.JSONDecodeError as error:
        raise Fault(f"{path}, line {error.lineno}: not whole JSON ({error.msg}).", "Mend the file.") from None
    except RecursionError:
        raise Fault(f"{path}: nested too deeply to be a model.") from None


def unique(names: Iterable[str], what: str, path: Path) -> None:
    """Refuse a name that two things bear."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise Fault(f"{path}: two {what} are named {name!r}.", "Give each its own name.")
        seen.add(name)
