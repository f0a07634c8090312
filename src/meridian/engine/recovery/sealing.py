"""What leaves the house is sealed with age: whoever takes a backup needs no secret to do so."""

import gzip
import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from pyrage import DecryptError, IdentityError, RecipientError, decrypt_io, encrypt_io, x25519

from meridian.kernel.console import Fault

SUFFIX = ".gz.age"
# What a disk full of zeros and text shrinks by, in little time.
LEVEL = 1


@dataclass(frozen=True)
class Sealed:
    """How large a sealed file is, and the SHA-256 of its bytes as they lie in the place."""

    size_bytes: int
    digest: str


def new_identity() -> str:
    """A secret that opens what is sealed for its recipient."""
    return str(x25519.Identity.generate())


def recipient_of(identity: str) -> str:
    """For whom to seal, so that this secret opens it."""
    return str(_identity(identity).to_public())


def seal(source: IO[bytes], target: Path, recipient: str) -> Sealed:
    """Write `source`, compressed and sealed, to `target`: whole and on the disk, or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(f"{target.name}.new")
    try:
        with new.open("wb") as file, _compressed(source) as compressed:
            encrypt_io(compressed, file, [_recipient(recipient)])
            file.flush()
            os.fsync(file.fileno())
        told = Sealed(new.stat().st_size, digest_of(new))
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)
    return told


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def opened(path: Path, identity: str) -> Iterator[gzip.GzipFile]:
    """Read what was sealed; what was altered or cut off is a `Fault`, at the block's end at the latest."""
    secret = _identity(identity)

    def pour(target: IO[bytes]) -> None:
        with path.open("rb") as sealed:
            decrypt_io(sealed, target, [secret])

    try:
        with _through(pour) as plain, gzip.GzipFile(fileobj=plain, mode="rb") as file:
            yield file
            # The seal of the last piece is looked at too.
            while file.read(1_000_000):
                pass
    except (DecryptError, OSError, EOFError) as fault:
        if isinstance(fault, OSError) and fault.errno is not None:
            raise
        raise Fault(
            f"{path} can't be opened: it is damaged, or sealed for another key.",
            "Name the key that was kept from the backup with --key, or take another backup with --backup.",
        ) from fault


@contextmanager
def _compressed(source: IO[bytes]) -> Iterator[IO[bytes]]:
    def pour(target: IO[bytes]) -> None:
        # No name and no time: the same bytes are compressed to the same bytes.
        with gzip.GzipFile("", "wb", LEVEL, target, mtime=0) as file:
            while piece := source.read(1_000_000):
                file.write(piece)

    with _through(pour) as made:
        yield made


@contextmanager
def _through(pour: Any) -> Iterator[IO[bytes]]:
    """What `pour` writes, to be read at the same time; what goes wrong there is raised here."""
    read_end, write_end = os.pipe()
    faults: list[BaseException] = []

    def run() -> None:
        with os.fdopen(write_end, "wb") as target:
            try:
                pour(target)
            except BrokenPipeError:
                return
            except Exception as fault:  # noqa: BLE001
                faults.append(fault)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        with os.fdopen(read_end, "rb") as source:
            yield source
    except (EOFError, gzip.BadGzipFile) as fault:
        thread.join()
        raise (faults or [fault])[0] from fault
    finally:
        thread.join()
    if faults:
        raise faults[0]


def _identity(text: str) -> x25519.Identity:
    try:
        return x25519.Identity.from_str(text.strip())
    except IdentityError as fault:
        raise Fault(
            "This is no key of a backup.", "It is one line that begins with AGE-SECRET-KEY-1."
        ) from fault


def _recipient(text: str) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(text.strip())
    except RecipientError as fault:
        raise Fault("The place names no recipient to seal for.", "Begin with an empty place.") from fault
