"""Who is asked: each with the same known chance, the same whenever it is drawn."""

import hashlib
from decimal import Decimal

OF = 2**32


def is_drawn(survey: str, subject: str, chance: Decimal) -> bool:
    """Whether this subject of a survey is drawn, by a chance from 0 to 1. A greater chance draws all that a
    lesser one draws."""
    digest = hashlib.sha256(f"{survey}\n{subject}".encode()).digest()
    return int.from_bytes(digest[:4], "big") < chance * OF
