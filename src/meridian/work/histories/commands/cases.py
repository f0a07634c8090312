"""How the cases of a log flowed, written by COPY once their items are there."""

import tempfile
from collections.abc import Sequence
from datetime import timedelta
from types import TracebackType
from typing import IO

import orjson
from django.db import connection
from psycopg import sql

from meridian.kernel.event_logs.lines import Step
from meridian.work.histories.models import LoggedCase
from meridian.work.histories.rules.cases import EPOCH, Known, Life
from meridian.work.servicedesk.facade import WorkItem

COMMAND = "histories.log.load"
SENT_AT_ONCE = 256 * 1024
LONGEST_REQUESTER = 400
COLUMNS = (
    "number",
    "requester",
    "events",
    "first_at",
    "last_at",
    "hours",
    "changes_country",
    "bounces_country",
    "stays_in_one_line",
    "waited",
    "lines",
)
# The rows wait beside their items' numbers until these have their ids.
WAITING = """CREATE TEMPORARY TABLE cases_waiting ON COMMIT DROP AS
SELECT {columns}, ''::text AS item FROM {cases} WITH NO DATA"""
INTO = """INSERT INTO {cases} (version, log_id, item_id, {columns})
SELECT 1, %s, items.id, {told} FROM cases_waiting
JOIN {items} AS items ON items.number = cases_waiting.item"""


class Cases:
    """The rows of the cases of one import, on disk until they are written."""

    def __init__(self, log: int, known: Known) -> None:
        self._log, self._known = log, known
        self._file: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115

    def __enter__(self) -> "Cases":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, life: Life, steps: Sequence[Step], item: str) -> None:
        """Keep the row of a case that becomes the item of this number."""
        traits, known = life.traits, self._known
        country = known.names_country
        self._file.write(
            f"{_escaped(life.number)}\t{_escaped(life.requester_words[:LONGEST_REQUESTER])}\t{traits.events}"
            f"\t{EPOCH + timedelta(microseconds=traits.first_at)}"
            f"\t{EPOCH + timedelta(microseconds=traits.last_at)}\t{traits.hours:.4f}"
            f"\t{traits.changes_country if country else NULL}\t{traits.bounces_country if country else NULL}"
            f"\t{traits.stays_in_one_line if known.names_line else NULL}\t{traits.waited}"
            f"\t{_escaped(kept_lines(steps))}\t{item}\n"
        )

    def write(self) -> None:
        """Write all rows. The items must be there."""
        self._file.seek(0)
        named = {
            "cases": sql.Identifier(LoggedCase._meta.db_table),
            "items": sql.Identifier(WorkItem._meta.db_table),
            "columns": sql.SQL(", ").join(map(sql.Identifier, COLUMNS)),
            "told": sql.SQL(", ").join(sql.Identifier("cases_waiting", name) for name in COLUMNS),
        }
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(WAITING).format(**named))
            with cursor.copy(sql.SQL("COPY cases_waiting FROM STDIN")) as copy:
                while content := self._file.read(SENT_AT_ONCE):
                    copy.write(content)
            cursor.execute("ANALYZE cases_waiting")
            cursor.execute(sql.SQL(INTO).format(**named), [self._log])
            cursor.execute("DROP TABLE cases_waiting")


def kept_lines(steps: Sequence[Step]) -> str:
    """The lines of a case as its row keeps them, so that later files can be told from them: JSON."""
    # Without the number, which is the case's own.
    return orjson.dumps([step[1:] for step in steps]).decode()


NULL = "\\N"


def _escaped(words: str) -> str:
    if "\\" in words or "\n" in words or "\t" in words or "\r" in words:
        return words.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return words
