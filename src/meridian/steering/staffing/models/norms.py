"""Standard roles, the titles in use that map to them, and how many posts a role needs."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.figures import day_text
from meridian.engine.records import Record
from meridian.engine.translation import TranslatedField


class Driver(models.TextChoices):
    USERS = "users", _("Users")
    SITES = "sites", _("Sites")
    DEVICES = "devices", _("Workstations and devices")
    SERVERS = "servers", _("Servers")
    APPLICATIONS = "applications", _("Applications")
    REQUESTS = "requests", _("Requests per year")


class Role(Record):
    """A standard role of the global staffing model."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"))

    class Meta:
        verbose_name = _("standard role")
        verbose_name_plural = _("standard roles")

    def __str__(self) -> str:
        return str(self.name)


class JobTitle(Record):
    """A job title in use, as it is written; `role` once somebody has confirmed the mapping."""

    name = models.CharField(_("title"), max_length=160, unique=True)
    duties = models.TextField(_("duties"), blank=True)
    role = models.ForeignKey(
        Role, models.PROTECT, null=True, blank=True, verbose_name=_("standard role"), related_name="titles"
    )

    class Meta:
        verbose_name = _("job title")
        verbose_name_plural = _("job titles")

    def __str__(self) -> str:
        return self.name


class StaffingNorm(Record):
    """One post of a role serves so many of a driver; a role has no fewer posts than the minimum."""

    role = models.ForeignKey(Role, models.CASCADE, verbose_name=_("standard role"), related_name="norms")
    driver = models.CharField(_("driver"), max_length=12, choices=Driver)
    per_post = models.DecimalField(
        _("served by one post"),
        max_digits=12,
        decimal_places=2,
        validators=(MinValueValidator(Decimal("0.01")),),
    )
    minimum_posts = models.PositiveSmallIntegerField(_("fewest posts"), default=0)

    class Meta:
        verbose_name = _("staffing norm")
        verbose_name_plural = _("staffing norms")
        constraints = (
            models.UniqueConstraint(
                fields=("role", "driver"),
                name="staffing_norm_once",
                violation_error_message=_("The role already has a norm for this driver."),
            ),
            models.CheckConstraint(
                condition=models.Q(per_post__gt=0),
                name="staffing_norm_above_zero",
                violation_error_message=_("One post must serve more than nothing."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} · {self.get_driver_display()}"


class DriverAmount(Record):
    """How much of a driver an establishment serves, from a day on."""

    establishment = models.ForeignKey(
        "staffing.Establishment",
        models.CASCADE,
        verbose_name=_("establishment"),
        related_name="driver_amounts",
    )
    driver = models.CharField(_("driver"), max_length=12, choices=Driver)
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, validators=(MinValueValidator(Decimal(0)),)
    )
    starts_on = models.DateField(_("from"))

    class Meta:
        verbose_name = _("driver amount")
        verbose_name_plural = _("driver amounts")
        constraints = (
            models.UniqueConstraint(
                fields=("establishment", "driver", "starts_on"),
                name="driver_amount_once",
                violation_error_message=_("There is an amount of this driver from that day already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_driver_display()} · {day_text(self.starts_on)}"
