"""What the receiving server found out about a sender (RFC 8601)."""

import re
from email.message import Message

from meridian.engine.mail_reading.headers import decoded, values

RESULT = re.compile(r"\b(dmarc|spf|dkim)\s*=\s*(\w+)", re.IGNORECASE)
FAILED = frozenset({"fail", "softfail", "permerror"})


def is_forged(message: Message, verifier: str) -> bool:
    """Whether the server called `verifier` says that the sender is not who they say.

    Only its own header counts, the topmost: anybody may write one. Without a verifier nothing is said.
    """
    if not verifier:
        return False
    for value in map(decoded, values(message, "Authentication-Results")):
        name, _semicolon, results = value.partition(";")
        if name.strip().lower() != verifier.lower():
            continue
        found = {kind.lower(): said.lower() for kind, said in RESULT.findall(results)}
        if "dmarc" in found:
            return found["dmarc"] in FAILED
        checked = [found[kind] for kind in ("spf", "dkim") if kind in found]
        return bool(checked) and all(said in FAILED for said in checked)
    return False
