"""Opening a file of a log: plain, .gz, .xz or .zip, never more of it than can be borne."""

import gzip
import hashlib
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from meridian.kernel.event_logs.faults import NotTheLog

MEBIBYTE = 1024 * 1024
MOST_BYTES = 4096 * MEBIBYTE
# A log packs to a fiftieth at best; what unfolds to three hundred times its size was made to.
MOST_UNFOLDING = 300
UNFOLDED_AT_LEAST = 64 * MEBIBYTE
CHUNK_BYTES = 256 * 1024
MOST_WRAPPINGS = 3
SUFFIXES = (".gz", ".xz", ".zip")
LOGS = (".csv", ".xes", ".xml", ".tsv", ".txt")
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, lzma.LZMAError, gzip.BadGzipFile)


class LogFile(io.RawIOBase):
    """The unpacked bytes of a log, counted, digested and bounded as they are read."""

    def __init__(self, packed: Any, source: IO[bytes], name: str) -> None:
        self._packed, self._source, self._name = packed, source, name
        self._digest = hashlib.sha256()
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        content = self._packed.read(min(len(buffer), CHUNK_BYTES))
        buffer[: len(content)] = content
        self._digest.update(content)
        self.taken += len(content)
        self._refuse_bombs()
        return len(content)

    def digest(self) -> str:
        """SHA-256 of what was read, in hexadecimal digits: the same for a log however it is packed."""
        return self._digest.hexdigest()

    def _refuse_bombs(self) -> None:
        if self.taken > MOST_BYTES:
            raise NotTheLog(f"{self._name} unfolds to more than {MOST_BYTES // MEBIBYTE:,} MiB: split it.")
        if self.taken > UNFOLDED_AT_LEAST and self.taken > MOST_UNFOLDING * max(1, self._source.tell()):
            raise NotTheLog(
                f"{self._name} unfolds to more than {MOST_UNFOLDING} times its size: this is no log."
            )


@contextmanager
def opened(path: Path) -> Iterator[LogFile]:
    """The bytes of the log in a file, unpacked. A damaged or too large archive raises `NotTheLog`."""
    try:
        with path.open("rb") as source:
            packed: Any = source
            for _wrapping in range(MOST_WRAPPINGS):
                unpacked = _unpacked(packed, path.name)
                if unpacked is packed:
                    break
                packed = unpacked
            yield LogFile(packed, source, path.name)
    except DAMAGED as fault:
        raise NotTheLog(f"{path.name} is damaged or cut off: it can't be unpacked to its end.") from fault


def name_of(path: Path) -> str:
    """The name of a log: that of its file, without what says how it is packed."""
    name = path.name
    while name.lower().endswith(SUFFIXES):
        name = name[: name.rindex(".")]
    return name


def _unpacked(packed: Any, name: str) -> Any:
    beginning = _beginning(packed)
    if beginning.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=packed)
    if beginning.startswith(b"\xfd7zXZ\0"):
        return lzma.LZMAFile(packed)
    if beginning.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _member(zipfile.ZipFile(packed), name)
    return packed


def _beginning(packed: Any) -> bytes:
    beginning = packed.read(8)
    packed.seek(0)
    return beginning


def _member(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    members = [one for one in archive.infolist() if not one.is_dir() and not _is_aside(one.filename)]
    logs = [one for one in members if _bare(one.filename).endswith(LOGS)]
    found = logs if len(members) > 1 else members
    if len(found) != 1:
        raise NotTheLog(f"{name} holds {len(found)} logs instead of one.")
    if found[0].file_size > MOST_BYTES:
        raise NotTheLog(f"{name} unfolds to more than {MOST_BYTES // MEBIBYTE:,} MiB: split it.")
    try:
        return archive.open(found[0])
    except (RuntimeError, NotImplementedError) as fault:
        # What zipfile says of an archive with a password, or packed in a way that it does not know.
        raise NotTheLog(f"The archive {name} can't be unpacked: pack it as a plain ZIP.") from fault


def _bare(filename: str) -> str:
    return filename.lower().removesuffix(".gz").removesuffix(".xz")


def _is_aside(filename: str) -> bool:
    parts = filename.split("/")
    return "__MACOSX" in parts or parts[-1].startswith(".")
