"""Spans of time in the reader's words."""

from datetime import datetime

from django.utils.translation import gettext

MINUTE, HOUR, DAY = 60, 3_600, 86_400


class Spans:
    """Puts spans of time into the reader's words; made once a page, for a list holds many."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.minutes, self.hours, self.days = gettext("%(n)d min"), gettext("%(n)d h"), gettext("%(n)d d")
        self.ahead, self.late = gettext("in %(span)s"), gettext("%(span)s late")
        self.ago, self.just_now = gettext("%(span)s ago"), gettext("just now")

    def _span(self, seconds: float) -> str:
        if seconds < HOUR:
            return self.minutes % {"n": seconds // MINUTE}
        if seconds < 2 * DAY:
            return self.hours % {"n": seconds // HOUR}
        return self.days % {"n": seconds // DAY}

    def due(self, at: datetime) -> tuple[str, bool]:
        """How long until `at`, and whether it has passed."""
        seconds = (at - self.now).total_seconds()
        late = seconds < 0
        return (self.late if late else self.ahead) % {"span": self._span(abs(seconds))}, late

    def since(self, at: datetime) -> str:
        if (self.now - at).total_seconds() < MINUTE:
            return self.just_now
        return self.ago % {"span": self._span(max(0.0, (self.now - at).total_seconds()))}
