"""What the organisation offers to its people, in which offerings, and what each service rests on."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.engine.translation import TranslatedField


class Service(Record):
    """Something that people use and a unit answers for, such as mail or the network."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        LIVE = "live", _("Live")
        RETIRED = "retired", _("Retired")

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"), max_length=120)
    description = TranslatedField(_("what it is for"), max_length=1_000, is_long=True, blank=True)
    place = models.PositiveSmallIntegerField(
        _("place"), default=50, help_text=_("the order in which people read services, the smallest first")
    )
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("offered by"), related_name="services"
    )
    owner = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name=_("service owner"), related_name="services"
    )
    hours = models.ForeignKey(
        "calendars.Calendar",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("service hours"),
        related_name="services",
        help_text=_("Empty: around the clock"),
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.LIVE)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")

    def __str__(self) -> str:
        return str(self.name)


class Offering(Record):
    """A form in which a service is offered: for whom, and at which level."""

    service = models.ForeignKey(Service, models.CASCADE, verbose_name=_("service"), related_name="offerings")
    code = models.CharField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"), max_length=120)
    tier = models.PositiveSmallIntegerField(
        _("tier"),
        default=2,
        validators=(MinValueValidator(1), MaxValueValidator(4)),
        help_text=_("1 is what stands still last, 4 what may wait"),
    )
    unit = models.ForeignKey(
        "organisation.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("only for"),
        related_name="service_offerings",
        help_text=_("A unit with everything below it. Empty: for everybody"),
    )
    availability_percent = models.DecimalField(
        _("promised availability (per cent)"),
        max_digits=6,
        decimal_places=3,
        null=True,
        blank=True,
        validators=(MinValueValidator(0), MaxValueValidator(100)),
    )

    class Meta:
        verbose_name = _("service offering")
        verbose_name_plural = _("service offerings")

    def __str__(self) -> str:
        return str(self.name)


class Support(Record):
    """A thing on which a service rests: an application, a server, a site, another service."""

    service = models.ForeignKey(Service, models.CASCADE, verbose_name=_("service"), related_name="supports")
    concerns = models.ForeignKey(
        "configuration.ConfigurationItem",
        models.PROTECT,
        verbose_name=_("rests on"),
        related_name="supported_services",
    )

    class Meta:
        verbose_name = _("thing that a service rests on")
        verbose_name_plural = _("things that services rest on")
        constraints = (
            models.UniqueConstraint(
                fields=("service", "concerns"),
                name="service_support_once",
                violation_error_message=_("The service rests on this already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.service_id} · {self.concerns_id}"
