"""Rotations, as people write them, and the shifts that follow from them."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.engine.records.zones import check_zone

MOST_LAYERS, MOST_WEEKS, MOST_TURN_DAYS, MOST_AT_ONCE = 9, 52, 366, 500


def every_weekday() -> list[str]:
    return list("1234567")


class Rotation(Record):
    """Who takes turns at a team, on which days and from when until when by the clock of a place."""

    team = models.ForeignKey(
        "servicedesk.Team", models.CASCADE, verbose_name=_("team"), related_name="rotations"
    )
    name = models.CharField(_("name"), max_length=80)
    zone = models.CharField(_("time zone"), max_length=50, validators=(check_zone,))
    layer = models.PositiveSmallIntegerField(
        _("layer"),
        default=1,
        validators=(MinValueValidator(1), MaxValueValidator(MOST_LAYERS)),
        help_text=_("Where rotations of the team meet, the highest layer holds"),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("until"), help_text=_("Not after the beginning: on the next day"))
    weekdays = ArrayField(
        models.CharField(max_length=1),
        verbose_name=_("weekdays"),
        default=every_weekday,
        help_text=_("1 is Monday, 7 Sunday: 1, 2, 3, 4, 5 for the days from Monday to Friday"),
    )
    every_weeks = models.PositiveSmallIntegerField(
        _("every so many weeks"),
        default=1,
        validators=(MinValueValidator(1), MaxValueValidator(MOST_WEEKS)),
    )
    at_once = models.PositiveSmallIntegerField(
        _("people at once"),
        default=0,
        validators=(MaxValueValidator(MOST_AT_ONCE),),
        help_text=_("0: all members together"),
    )
    turn_days = models.PositiveSmallIntegerField(
        _("days of a turn"),
        default=7,
        validators=(MinValueValidator(1), MaxValueValidator(MOST_TURN_DAYS)),
    )

    class Meta:
        verbose_name = _("rotation")
        verbose_name_plural = _("rotations")
        constraints = (
            models.UniqueConstraint(
                fields=("team", "name"),
                name="rotation_once",
                violation_error_message=_("The team has a rotation of this name already."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="rotation_ends_after_start",
                violation_error_message=_("A rotation ends on its first day or later."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a rotation that falls on no day."""
        known = set(every_weekday())
        if not self.weekdays or not known.issuperset(self.weekdays):
            raise ValidationError(
                {"weekdays": _("Give weekdays by their numbers, 1 (Monday) to 7 (Sunday).")}
            )


class RotationMember(Record):
    """A person's place among those who take turns."""

    rotation = models.ForeignKey(Rotation, models.CASCADE, verbose_name=_("rotation"), related_name="members")
    place = models.PositiveSmallIntegerField(_("place"))
    person = models.ForeignKey(
        "people.Person", models.CASCADE, verbose_name=_("person"), related_name="rotation_places"
    )

    class Meta:
        verbose_name = _("member of a rotation")
        verbose_name_plural = _("members of rotations")
        constraints = (
            models.UniqueConstraint(
                fields=("rotation", "place"),
                name="rotation_place_once",
                violation_error_message=_("Somebody else has this place: choose another number."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.place}. {self.person}"


class Shift(Record):
    """A person on duty from one instant to another: what rotations and changes come to, 90 days ahead.

    Nobody writes shifts by hand: they are made anew, where they have not ended, when a rule changes.
    """

    class Source(models.TextChoices):
        ROTATION = "rotation", _("rotation")
        OVERRIDE = "override", _("change by the lead")
        SWAP = "swap", _("swap")

    team = models.ForeignKey(
        "servicedesk.Team",
        models.CASCADE,
        verbose_name=_("team"),
        related_name="shifts",
        db_index=False,
    )
    person = models.ForeignKey(
        "people.Person", models.CASCADE, verbose_name=_("person"), related_name="shifts", db_index=False
    )
    start_at = models.DateTimeField(_("from"))
    end_at = models.DateTimeField(_("until"))
    source = models.CharField(_("because of"), max_length=8, choices=Source, default=Source.ROTATION)
    rotation = models.ForeignKey(
        Rotation,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("rotation"),
        related_name="shifts",
    )

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        indexes = (
            models.Index(fields=("end_at", "start_at"), name="shift_now", include=("team", "person")),
            models.Index(fields=("team", "end_at"), name="shift_team"),
            models.Index(fields=("person", "end_at"), name="shift_person"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(end_at__gt=models.F("start_at")),
                name="shift_ends_after_start",
                violation_error_message=_("A shift ends after it starts."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.team}"
