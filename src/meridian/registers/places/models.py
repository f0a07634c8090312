"""Where work happens: regions, countries, duty stations and network sites."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.engine.records.zones import check_zone
from meridian.engine.translation import TranslatedField
from meridian.registers.places.contracts import LOCATION_GROUPS


class BandwidthClass(models.TextChoices):
    A = "A", _("A · fibre, 100 Mbit/s and more")
    B = "B", _("B · leased line, 10 to 100 Mbit/s")
    C = "C", _("C · microwave or shared satellite, 1 to 10 Mbit/s")
    D = "D", _("D · satellite, below 1 Mbit/s")


class Region(Record):
    code = models.CharField(_("code"), max_length=20, unique=True)
    name = TranslatedField(_("name"))

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return str(self.name)


class Country(Record):
    code = models.CharField(_("code"), max_length=2, unique=True, help_text=_("ISO 3166-1, two letters"))
    name = TranslatedField(_("name"))
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("region"), related_name="countries")

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        return str(self.name)


class DutyStation(Record):
    """A town in which the organisation works."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = TranslatedField(_("name"))
    country = models.ForeignKey(
        Country, models.PROTECT, verbose_name=_("country"), related_name="duty_stations"
    )
    location_group = models.CharField(_("location group"), max_length=20, choices=LOCATION_GROUPS)
    zone = models.CharField(_("time zone"), max_length=50, validators=(check_zone,), help_text=_("IANA name"))
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=7,
        decimal_places=4,
        validators=(MinValueValidator(-90), MaxValueValidator(90)),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=7,
        decimal_places=4,
        validators=(MinValueValidator(-180), MaxValueValidator(180)),
    )
    languages = ArrayField(
        models.CharField(max_length=8), verbose_name=_("languages"), default=list, blank=True
    )

    class Meta:
        verbose_name = _("duty station")
        verbose_name_plural = _("duty stations")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="duty_station_on_earth",
                violation_error_message=_(
                    "Latitude lies between -90 and 90, longitude between -180 and 180."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.name)


class Site(Record):
    """A network site: a place at a duty station where the organisation's network ends."""

    class Criticality(models.IntegerChoices):
        VITAL = 1, _("1 · vital")
        HIGH = 2, _("2 · high")
        NORMAL = 3, _("3 · normal")
        LOW = 4, _("4 · low")

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=120)
    duty_station = models.ForeignKey(
        DutyStation, models.PROTECT, verbose_name=_("duty station"), related_name="sites"
    )
    bandwidth_class = models.CharField(_("bandwidth class"), max_length=1, choices=BandwidthClass)
    round_trip_milliseconds = models.PositiveIntegerField(_("round trip (ms)"), null=True, blank=True)
    criticality = models.PositiveSmallIntegerField(
        _("criticality"), choices=Criticality, default=Criticality.NORMAL
    )
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True)
                | models.Q(opened_on__isnull=True)
                | models.Q(closed_on__gt=models.F("opened_on")),
                name="site_closes_after_opening",
                violation_error_message=_("A site closes after it has opened: correct one of the two dates."),
            ),
        )

    def __str__(self) -> str:
        return self.name
