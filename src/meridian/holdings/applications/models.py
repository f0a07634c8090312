"""The application portfolio, in its first form."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record


class Application(Record):
    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        IN_SERVICE = "in_service", _("In service")
        RETIRING = "retiring", _("Retiring")
        RETIRED = "retired", _("Retired")

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("what it is for"), blank=True)
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("owned by"), related_name="applications"
    )
    owner = models.ForeignKey(
        "people.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("owner"),
        related_name="applications",
    )
    critical = models.BooleanField(_("tied to a critical process"), default=False)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.IN_SERVICE)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")

    def __str__(self) -> str:
        return self.name
