"""What crosses the boundary of knowledge."""

from datetime import timedelta
from enum import StrEnum

# Who says nothing for so long after reading has found an answer, as far as anybody knows.
ASKED_ALL_THE_SAME_WITHIN = timedelta(hours=72)
REVIEW_EVERY = timedelta(days=365)


class Way(StrEnum):
    """How knowledge was used: each is counted apart."""

    ASKED = "asked"
    SHOWN = "shown"
    READ = "read"
    SOLVED = "solved"
    TEXT = "text"
    LINK = "link"
