"""Servers and workstations, each counted once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record


class Life(models.TextChoices):
    IN_STOCK = "in_stock", _("In stock")
    IN_SERVICE = "in_service", _("In service")
    IN_REPAIR = "in_repair", _("In repair")
    RETIRED = "retired", _("Retired")


class Server(Record):
    """A physical server."""

    code = models.CharField(_("inventory number"), max_length=30, unique=True)
    name = models.CharField(_("host name"), max_length=80)
    facility = models.ForeignKey(
        "facilities.Facility", models.PROTECT, verbose_name=_("facility"), related_name="servers"
    )
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("unit"), related_name="servers"
    )
    model_name = models.CharField(_("model"), max_length=80, blank=True)
    cores = models.PositiveSmallIntegerField(_("cores"), null=True, blank=True)
    memory_gibibytes = models.PositiveIntegerField(_("memory (GiB)"), null=True, blank=True)
    installed_on = models.DateField(_("installed on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=Life, default=Life.IN_SERVICE)

    class Meta:
        verbose_name = _("server")
        verbose_name_plural = _("servers")

    def __str__(self) -> str:
        return self.name


class Workstation(Record):
    """A desktop or laptop computer."""

    class Kind(models.TextChoices):
        DESKTOP = "desktop", _("Desktop")
        LAPTOP = "laptop", _("Laptop")

    code = models.CharField(_("inventory number"), max_length=30, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    site = models.ForeignKey(
        "places.Site", models.PROTECT, verbose_name=_("site"), related_name="workstations"
    )
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("unit"), related_name="workstations"
    )
    user = models.ForeignKey(
        "people.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("user"),
        related_name="workstations",
    )
    model_name = models.CharField(_("model"), max_length=80, blank=True)
    bought_on = models.DateField(_("bought on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=Life, default=Life.IN_SERVICE)

    class Meta:
        verbose_name = _("workstation")
        verbose_name_plural = _("workstations")

    def __str__(self) -> str:
        return self.code
