"""Words of the status of services that other modules use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How a service stands; each is graver than the one before it."""

    OPERATIONAL = "operational", _("Operational")
    MAINTENANCE = "maintenance", _("Maintenance")
    DEGRADED = "degraded", _("Degraded")
    PARTIAL = "partial", _("Partial outage")
    OUTAGE = "outage", _("Major outage")


# What a major incident may do to a service.
DISRUPTED = tuple((level.value, level.label) for level in (Level.DEGRADED, Level.PARTIAL, Level.OUTAGE))
TONES = {
    "operational": "good",
    "maintenance": "accent",
    "degraded": "watch",
    "partial": "watch",
    "outage": "bad",
}
