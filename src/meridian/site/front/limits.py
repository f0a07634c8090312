"""How much of anything one request, one visitor and one process may take."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meridian.engine.inputs.limits import MOST_REQUEST_BYTES

MOST_HEADERS = 100
MOST_HEADER_BYTES = 32_000
# A stranger sends the forms of signing in, and nothing else.
STRANGERS_BYTES = 64_000
FORM_BYTES = 5_000_000
MOST_DIGITS = 18
IN_MEMORY_BYTES = 256_000

# A body has so long to begin with, and a second more for every so many bytes: a satellite link is faster.
BODY_SECONDS = 20
SLOWEST_BYTES_A_SECOND = 4_000
# A reader who takes nothing for so long has gone.
READER_SECONDS = 60

MOST_BODIES_OF_A_NETWORK = 24
MOST_BODIES = 400
MOST_BYTES_OF_BODIES = 1_000_000_000
MOST_WAITING = 400
WAITING_SECONDS = 30

# One request has the processor; one that waits for something else lets the next begin.
STALLED_SECONDS = 0.15
THREADS = 8
MOST_EXPORTS = 1
# Who works without a pause gives way so often: a page beside an export waits for less.
SWITCH_SECONDS = 0.001
WORK_SECONDS = 120
MOST_ANSWER_BYTES = 2_000_000_000
# Of all answers that slow readers have not taken yet; then no further export is begun.
MOST_UNREAD_BYTES = 4_000_000_000


class Refused(Exception):
    """A request that is answered without the house: status, and what the person can do."""

    def __init__(self, status: int, sentence: str | Promise) -> None:
        super().__init__(status, sentence)
        self.status = status
        self.sentence = sentence


def most_bytes(path: str, content_type: str, known: bool) -> int:
    """How long the body of such a request may be; `known` when it names a session or a token."""
    if not known or path.startswith("/account/"):
        return STRANGERS_BYTES
    brings_file = content_type.startswith(("multipart/form-data", "application/offset+octet-stream"))
    return MOST_REQUEST_BYTES if brings_file else FORM_BYTES


def seconds_left(received_bytes: int, elapsed_seconds: float) -> float:
    """How long the next piece of a body may take."""
    return BODY_SECONDS + received_bytes / SLOWEST_BYTES_A_SECOND - elapsed_seconds


def declared_length(text: str | None) -> int | None:
    """The length that a request declares; None without one, `Refused` when it is no number."""
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > MOST_DIGITS:
        raise Refused(400, _("The length of what was sent is no length."))
    return int(text)
