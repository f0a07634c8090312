"""A document for a governing body: headings, paragraphs and tables in one language."""

from dataclasses import dataclass

from meridian.engine.tables.table import Table


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text; level 1 is the highest below the title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of plain text; `number` is printed before it where it has one."""

    text: str
    number: int | None = None


Part = Heading | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """The parts in order, in the language of that code (`ar`, `en`, `es`, `fr`, `ru`, `zh`).

    `symbol` is the document's number (A/65/491); an empty title prints none. `table_word`
    stands before the number of a table where tables are numbered ("Table 1").
    """

    title: str
    parts: tuple[Part, ...]
    language: str = "en"
    symbol: str = ""
    table_word: str = ""

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(part for part in self.parts if isinstance(part, Table))

    def caption(self, table: Table) -> str:
        """The title of one of its tables, numbered where tables are."""
        if not self.table_word:
            return str(table.title)
        number = next(index for index, one in enumerate(self.tables, 1) if one is table)
        return f"{self.table_word} {number}. {table.title}"


def alone(table: Table, language: str = "en") -> Document:
    """A document that is nothing but the table."""
    return Document(title="", parts=(table,), language=language)
