"""The tree of entities and their units, dated."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.engine.translation import TranslatedField
from meridian.registers.places.contracts import LOCATION_GROUPS


class Unit(Record):
    """An entity (department, office, mission) or a part of one.

    `path` is the chain of ids from the root, each followed by a slash (`"1/7/42/"`), kept by
    the commands: everything below a unit starts with its path, which is what rights ask.
    """

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", _("Organisation")
        ENTITY = "entity", _("Entity")
        UNIT = "unit", _("Unit")

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.UNIT)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("part of"), related_name="parts"
    )
    path = models.CharField(_("path"), max_length=200, editable=False, default="")
    duty_station = models.ForeignKey(
        "places.DutyStation",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("duty station"),
        related_name="units",
    )
    location_group = models.CharField(_("location group"), max_length=20, choices=LOCATION_GROUPS, blank=True)
    provides_ict = models.BooleanField(_("ICT unit"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("the first day on which it no longer exists")
    )

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        indexes = (models.Index(fields=("path",), name="unit_path", opclasses=("varchar_pattern_ops",)),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=models.F("starts_on")),
                name="unit_ends_after_start",
                violation_error_message=_("A unit ends after it starts: correct one of the two dates."),
            ),
        )

    def __str__(self) -> str:
        return str(self.name)
