"""What makes a planning dataset known again, and how far a solution may be from the best."""

import hashlib
import json
from decimal import Decimal
from typing import Any

PERCENT_PLACES = Decimal("0.000001")


def fingerprint(content: Any) -> str:
    """SHA-256, in hex, of the canonical JSON of `content`: the order of keys does not matter."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def gap(objective: Decimal | None, bound: Decimal | None) -> Decimal | None:
    """(objective - bound) / |objective| to six places; None where one is missing or the objective is 0."""
    if objective is None or bound is None:
        return None
    if objective == bound:
        return Decimal(0)
    if objective == 0:
        return None
    return ((objective - bound) / abs(objective)).quantize(PERCENT_PLACES)
