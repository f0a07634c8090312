"""What is written after a backup follows it into the place.

PostgreSQL puts each piece of 16 MB into a folder of its own (`PIECES`), by a command of the shell that
needs nothing of the house; from there it is sealed and goes to the place. Attached files go first, for a
piece may name them.
"""

import shlex
import time
from pathlib import Path

from meridian.engine.recovery.house import House
from meridian.engine.recovery.place import Place, write_whole
from meridian.engine.recovery.sealing import SUFFIX, digest_of, seal

PIECES = "pieces"
DIGITS = 16
# A disk of another machine may have another clock than this one.
CLOCKS_DIFFER_SECONDS = 600


def folder_of_pieces(house: House) -> Path:
    """Where PostgreSQL puts what it has written."""
    return house.server.base / PIECES


def handing_over(folder: Path) -> str:
    """The command by which PostgreSQL puts a piece there: whole, on the disk, and twice without harm."""
    piece = f"{shlex.quote(str(folder))}/%f"
    first = f"test ! -e {piece} && cp %p {piece}.new && sync {piece}.new && mv {piece}.new {piece}"
    return f"cmp -s %p {piece} || {{ {first}; }}"


def follow(house: House) -> None:
    """Put into the place of this house's backups what it lacks, and let go of the pieces that are there."""
    place = Place(Path(house.place_file.read_text().strip()))
    recipient = str(place.facts()["recipient"])
    begun = time.time()
    pieces = sorted(path for path in folder_of_pieces(house).iterdir() if path.suffix != ".new")
    mark = house.var / "backup_followed_at"
    since = float(mark.read_text()) - CLOCKS_DIFFER_SECONDS if mark.exists() else 0.0
    keep_files(house, place, recipient, since)
    for piece in pieces:
        keep_piece(place, recipient, piece)
        piece.unlink()
    write_whole(mark, str(begun))


def keep_files(house: House, place: Place, recipient: str, since: float = 0.0) -> tuple[int, int]:
    """Copy every attached file that the place lacks: how many were new, and how many were looked at.

    Folders to which nothing was added `since` (seconds of the epoch) are passed over.
    """
    new = count = 0
    for folder in sorted(house.files.glob("??/??")):
        if folder.stat().st_mtime < since:
            continue
        for path in sorted(folder.iterdir()):
            target = place.file_of(path.name)
            count += 1
            if not target.exists():
                with path.open("rb") as source:
                    seal(source, target, recipient)
                new += 1
    return new, count


def keep_piece(place: Place, recipient: str, path: Path) -> None:
    """Put one piece there. The same piece twice is kept once; another one under its name is refused."""
    target = place.wal / f"{path.name}.{digest_of(path)[:DIGITS]}{SUFFIX}"
    there = list(place.wal.glob(f"{path.name}.*{SUFFIX}"))
    if target in there:
        return
    if there:
        raise FileExistsError(f"{place.folder} holds another {path.name}: two databases write to one place")
    with path.open("rb") as source:
        seal(source, target, recipient)
