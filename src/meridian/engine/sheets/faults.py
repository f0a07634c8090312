"""What can't be read, in words that name the place."""

from typing import Any

from django.utils.translation import gettext


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for the catalogues; Django's own asks for settings, which programs may lack."""
    return sentence


WHERE_LINE = gettext_noop("line %(line)s")
WHERE_COLUMN = gettext_noop("column %(column)s")
WHERE_SHEET = gettext_noop("sheet “%(sheet)s”")


class Unreadable(ValueError):
    """A file, or a place in it, that can't be read for certain.

    `sentence` is the English original with named placeholders for `values`; as a string it is
    English, with its place, so that programs without settings can print it; `words` are in the
    reader's language. `line` counts as a text editor does, `column` is a heading or a letter.
    """

    def __init__(
        self, sentence: str, *, line: int = 0, column: str = "", sheet: str = "", **values: Any
    ) -> None:
        super().__init__(sentence)
        self.sentence, self.values = sentence, values
        self.line, self.column, self.sheet = line, column, sheet

    def __str__(self) -> str:
        place = ", ".join(pattern % values for pattern, values in self._places())
        words = self.sentence % self.values
        return f"{place[:1].upper()}{place[1:]}: {words}" if place else words

    def words(self) -> str:
        """The sentence in the reader's language, without line and column, which stand beside it."""
        words = gettext(self.sentence) % self.values
        return f"{gettext(WHERE_SHEET) % {'sheet': self.sheet}}: {words}" if self.sheet else words

    def _places(self) -> list[tuple[str, dict[str, Any]]]:
        named = ((WHERE_SHEET, "sheet"), (WHERE_LINE, "line"), (WHERE_COLUMN, "column"))
        return [(pattern, {name: getattr(self, name)}) for pattern, name in named if getattr(self, name)]
