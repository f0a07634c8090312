"""Working time: calendars in a zone, their versions and the days that differ."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.figures import day_text
from meridian.engine.records import Record
from meridian.engine.records.zones import check_zone
from meridian.engine.translation import TranslatedField
from meridian.registers.calendars.rules import MOST_OPENINGS, Nonsense, check_openings, check_weekly


class Calendar(Record):
    code = models.CharField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"))
    zone = models.CharField(_("time zone"), max_length=50, validators=(check_zone,))
    country = models.ForeignKey(
        "places.Country",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("public holidays of"),
        related_name="calendars",
    )

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")

    def __str__(self) -> str:
        return str(self.name)


class CalendarVersion(Record):
    """The weekly hours from a day on.

    `weekly` maps ISO weekday (`"1"` Monday) to `[["08:00", "16:00"], ...]` in local time; an
    end of `24:00` is midnight, an end before its start runs into the next day.
    """

    calendar = models.ForeignKey(
        Calendar, models.CASCADE, verbose_name=_("calendar"), related_name="versions"
    )
    effective_on = models.DateField(_("effective from"))
    weekly = models.JSONField(_("weekly hours"), default=dict)

    class Meta:
        verbose_name = _("calendar version")
        verbose_name_plural = _("calendar versions")
        constraints = (
            models.UniqueConstraint(
                fields=("calendar", "effective_on"),
                name="calendar_version_once",
                violation_error_message=_("This calendar already has a version from that day."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.calendar} · {day_text(self.effective_on)}"

    def clean(self) -> None:
        """Refuse hours that nobody could count with."""
        try:
            check_weekly(self.weekly)
        except Nonsense as fault:
            raise ValidationError({"weekly": _sentence(fault)}) from fault


class CalendarDay(Record):
    """A day that differs: closed when `intervals` is empty, else open at these local times."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, verbose_name=_("calendar"), related_name="days")
    on = models.DateField(_("day"))
    intervals = models.JSONField(_("open"), default=list, blank=True)
    source = models.CharField(_("source"), max_length=40, default="manual")
    name = models.CharField(_("name"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("special day")
        verbose_name_plural = _("special days")
        constraints = (
            models.UniqueConstraint(
                fields=("calendar", "on"),
                name="calendar_day_once",
                violation_error_message=_("This calendar already says what happens on that day."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.calendar} · {day_text(self.on)}"

    def clean(self) -> None:
        """Refuse hours that nobody could count with."""
        try:
            check_openings(self.intervals)
        except Nonsense as fault:
            raise ValidationError({"intervals": _sentence(fault)}) from fault


def _sentence(fault: Nonsense) -> str:
    sentences = {
        "shape": _('Give the openings of each weekday, such as {"1": [["08:00", "16:00"]]} for a Monday.'),
        "weekday": _("“%(shown)s” is no weekday: they are 1 (Monday) to 7 (Sunday)."),
        "many": _("A day has at most %(most)s openings."),
        "opening": _(
            '“%(shown)s” is no opening: write its beginning and its end, such as ["08:00", "16:00"].'
        ),
    }
    return str(sentences[fault.code]) % {"shown": fault.shown, "most": MOST_OPENINGS}
