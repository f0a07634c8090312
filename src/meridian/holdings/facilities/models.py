"""Computing facilities: data centres and server rooms."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meridian.engine.records import Record


class Facility(Record):
    class Kind(models.TextChoices):
        DATA_CENTRE = "data_centre", _("Data centre")
        SERVER_ROOM = "server_room", _("Server room")

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("state of a facility", "Open")
        CLOSING = "closing", _("Closing")
        CLOSED = "closed", _("Closed")

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    site = models.ForeignKey("places.Site", models.PROTECT, verbose_name=_("site"), related_name="facilities")
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("run by"), related_name="facilities"
    )
    area_square_metres = models.PositiveIntegerField(_("area (m²)"), null=True, blank=True)
    power_kilowatts = models.DecimalField(
        _("power (kW)"), max_digits=9, decimal_places=1, null=True, blank=True
    )

    class Meta:
        verbose_name = _("computing facility")
        verbose_name_plural = _("computing facilities")

    def __str__(self) -> str:
        return self.name
