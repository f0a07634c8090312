"""Numbers that people quote: a series is a PostgreSQL sequence and a prefix.

A number is never given twice; one taken by a command that was refused stays unused.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


@dataclass(frozen=True, slots=True)
class Series:
    """`INC` with seven digits counts INC0000001, INC0000002 ...; longer numbers keep all digits."""

    prefix: str
    digits: int = 7

    def __post_init__(self) -> None:
        if not self.prefix.isalpha() or not self.prefix.isascii():
            raise ValueError(f"The prefix of a series is plain letters, not {self.prefix!r}.")

    @property
    def sequence(self) -> str:
        """The name of the sequence in the database."""
        return f"number_{self.prefix.lower()}"

    def text(self, count: int) -> str:
        return f"{self.prefix}{count:0{self.digits}d}"


def next_number(series: Series) -> str:
    """The next number of a series."""
    return next_numbers(series, 1)[0]


def next_numbers(series: Series, amount: int) -> list[str]:
    """The next `amount` numbers of a series, in order."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [series.sequence, amount])
        return [series.text(count) for (count,) in cursor.fetchall()]


def pass_over(series: Series, until: int) -> None:
    """Never give the numbers up to `until`: they came along from elsewhere.

    Numbers are taken and thrown away, so that nobody who takes one at this moment gets it twice.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM pg_sequences WHERE sequencename = %s", [series.sequence])
        row = cursor.fetchone()
        cursor.execute(
            "SELECT max(nextval(%s::regclass)) FROM generate_series(1, %s)",
            [series.sequence, until - ((row and row[0]) or 0)],
        )


class CreateSeries(Operation):
    """A migration operation that makes the sequence of a series."""

    reversible = True

    def __init__(self, prefix: str, digits: int = 7) -> None:
        self.prefix = prefix
        self.digits = digits

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """A sequence is no model."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        schema_editor.execute(f"CREATE SEQUENCE {self._name(schema_editor)}")

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        schema_editor.execute(f"DROP SEQUENCE {self._name(schema_editor)}")

    def _name(self, schema_editor: BaseDatabaseSchemaEditor) -> str:
        return schema_editor.quote_name(Series(self.prefix, self.digits).sequence)

    def describe(self) -> str:
        return f"Create the number series {self.prefix}"
