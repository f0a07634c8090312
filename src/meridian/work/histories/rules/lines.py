"""The file of the log: its place, its columns and its lines."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from meridian.kernel.event_logs.faults import NotTheLog

LOG_FILE = Path(__file__).parent.parent / "data" / "incident_event_log.zip"
HEADER = (
    "number,ident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,"
    "opened_at,sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,"
    "category,u_symptom,cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,"
    "u_priority_confirmation,notify,problem_id,rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,"
    "closed_at"
).split(",")
# The original of the University of California calls the second column incident_state and the second
# category subcategory; both spellings are read.
SPELLINGS = {1: "incident_state", 17: "subcategory"}
MEAN_ROW_BYTES = 193


def read_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a log (CSV, or a ZIP with one) as words, each with its line; the header is line 1.

    Raises `NotTheLog` for another file, and for one that is damaged or ends inside of a row.
    """
    try:
        with _open_text(path) as text:
            yield from _checked(_numbered(text), path.name)
    except UnicodeDecodeError as fault:
        raise NotTheLog(f"{path.name} is neither a ZIP archive nor a text in UTF-8.") from fault
    except (zipfile.BadZipFile, zlib.error, EOFError) as fault:
        raise NotTheLog(f"The archive {path.name} is damaged or cut off.") from fault
    except csv.Error as fault:
        raise NotTheLog(f"{path.name} is not a CSV file: {fault}.") from fault


def _numbered(text: io.TextIOBase) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line on which each begins: a quoted line break makes a row of several."""
    reader = csv.reader(text)
    line = 1
    for words in reader:
        yield line, words
        line = reader.line_num + 1


def _checked(lines: Iterator[tuple[int, list[str]]], name: str) -> Iterator[tuple[int, list[str]]]:
    _check_header(next(lines, (1, []))[1], name)
    short: tuple[int, list[str]] | None = None
    for number, words in lines:
        if short:
            yield short
            short = None
        if len(words) >= len(HEADER):
            yield number, words
        elif words:
            short = number, words
    # A row that lacks columns is dirt in the middle; at the end the file was cut.
    if short:
        raise NotTheLog(f"{name} is cut off: its last line, {short[0]}, ends inside of a row.")


def _check_header(header: list[str], name: str) -> None:
    for position, (found, wanted) in enumerate(zip(header, HEADER, strict=False)):
        if found not in (wanted, SPELLINGS.get(position)):
            raise NotTheLog(f"Column {position + 1} of {name} is {found[:40]!r} instead of {wanted!r}.")
    if len(header) != len(HEADER):
        raise NotTheLog(f"{name} has {len(header)} columns instead of {len(HEADER)}.")


def _open_text(path: Path) -> io.TextIOBase:
    if not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            if file.read(2) == b"PK":
                raise NotTheLog(f"The archive {path.name} is damaged or cut off.")
        return path.open(encoding="utf-8", newline="")
    archive = zipfile.ZipFile(path)
    try:
        packed = archive.open(_only_csv(archive, path.name))
    except RuntimeError as fault:
        # What zipfile says of an archive with a password, or packed in a way that it does not know.
        raise NotTheLog(f"The archive {path.name} can't be unpacked: pack it as a plain ZIP.") from fault
    return io.TextIOWrapper(packed, encoding="utf-8", newline="")


def _only_csv(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    found = [member for member in archive.infolist() if member.filename.endswith(".csv")]
    if len(found) != 1:
        raise NotTheLog(f"{name} holds {len(found)} CSV files instead of one.")
    return found[0]


def estimated_rows(path: Path) -> int:
    """About how many rows the file holds, for a progress bar."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return _only_csv(archive, path.name).file_size // MEAN_ROW_BYTES
    return path.stat().st_size // MEAN_ROW_BYTES
