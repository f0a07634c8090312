"""The time that people spend on work items."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record

DAY_MINUTES = 24 * 60


class TimeEntry(Record):
    """Minutes that one person spent on one item on one day (a date of the person's own calendar)."""

    item = models.ForeignKey(
        "servicedesk.WorkItem", models.PROTECT, verbose_name=_("work item"), related_name="time_entries"
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name=_("person"), related_name="time_entries"
    )
    team = models.ForeignKey(
        "servicedesk.Team",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("team"),
        related_name="+",
        editable=False,
        help_text=_("Which had the item when the time was written down"),
    )
    worked_on = models.DateField(_("day"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=(MinValueValidator(1), MaxValueValidator(DAY_MINUTES))
    )
    note = models.CharField(_("what was done"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("time spent")
        verbose_name_plural = _("time spent")
        indexes = (
            models.Index(fields=("person", "worked_on"), name="time_person_day"),
            models.Index(fields=("worked_on", "team"), name="time_day_team"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(minutes__range=(1, DAY_MINUTES)),
                name="time_within_a_day",
                violation_error_message=_("Time on one day is from 1 to 1440 minutes."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.item} · {self.worked_on}"
