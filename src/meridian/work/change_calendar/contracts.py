"""Words of the calendar of changes that other modules use."""

from datetime import datetime
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    STANDARD = "standard", _("Standard")
    NORMAL = "normal", _("Normal")
    EMERGENCY = "emergency", _("Emergency")


class Span(NamedTuple):
    """From when until when, half open."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, other: "Span") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def within(self, other: "Span") -> bool:
        return other.starts_at <= self.starts_at and self.ends_at <= other.ends_at
