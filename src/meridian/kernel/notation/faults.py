"""What can't be read, in words."""


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for the catalogues; whoever shows it to people translates it."""
    return sentence


NOTHING = gettext_noop("Nothing is written here.")
NO_NUMBER = gettext_noop("“%(text)s” is no number.")
TWO_READINGS = gettext_noop(
    "“%(text)s” could be %(first)s or %(second)s. Write it so that only one is possible."
)
WRONG_GROUPS = gettext_noop("“%(text)s” is no number: thousands are parted by threes, as in %(example)s.")
TWO_SCRIPTS = gettext_noop("“%(text)s” mixes digits of two scripts.")
TOO_FINE = gettext_noop("“%(text)s” has more decimals than the %(decimals)s that are kept here.")
NOT_WHOLE = gettext_noop("“%(text)s” is no whole number.")
A_PERCENTAGE = gettext_noop("“%(text)s” is a percentage; a plain number is wanted here.")
OTHER_CURRENCY = gettext_noop("“%(text)s” names a currency that does not belong here (%(currency)s).")
TOO_LARGE = gettext_noop("“%(text)s” is too large or too long.")
TWO_NOTATIONS = gettext_noop(
    "“%(text)s” and “%(earlier)s” can't both be right: they are written by the rules of two languages."
)
NO_DAY = gettext_noop("“%(text)s” is no date: write it as %(example)s or as 2026-11-27.")
NO_SUCH_DAY = gettext_noop("“%(text)s”: there is no such day.")
NOT_OUR_TIME = gettext_noop("“%(text)s”: the year must lie between %(first)s and %(last)s.")
SHORT_YEAR = gettext_noop("“%(text)s”: write the year with four figures.")
NO_TIME = gettext_noop("“%(text)s” is no time of day: write it as 14:30.")
NO_INSTANT = gettext_noop(
    "“%(text)s” is no date with a time: write it as %(example)s or as 2026-11-27T14:30."
)

LONGEST_TEXT = 60


class Unread(ValueError):
    """A text that has no reading or more than one: `words` is the sentence with its places for `facts`."""

    def __init__(self, words: str, text: str, **facts: object) -> None:
        self.words = words
        shown = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
        self.facts: dict[str, object] = {"text": shown, **facts}
        super().__init__(words % self.facts)
