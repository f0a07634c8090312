"""Which logs were taken in, and the rows that could not be replayed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import AppendedRecord


class IncidentLog(AppendedRecord):
    """A log as it was taken in. `rows` are those of the file: `rows_replayed` became events, the others
    stand in quarantine or belong to `incidents_known`, which were here before.
    """

    digest = models.CharField(_("SHA-256 of the file"), max_length=64, unique=True)
    name = models.CharField(_("file"), max_length=120)
    rows = models.PositiveIntegerField(_("rows"))
    incidents = models.PositiveIntegerField(_("incidents taken in"))
    rows_replayed = models.PositiveIntegerField(_("rows replayed"))
    rows_quarantined = models.PositiveIntegerField(_("rows in quarantine"))
    incidents_known = models.PositiveIntegerField(_("incidents known before"))
    rows_known = models.PositiveIntegerField(_("rows known before"))
    loaded_at = models.DateTimeField(_("loaded at"), db_default=models.functions.Now())

    class Meta:
        verbose_name = _("incident log")
        verbose_name_plural = _("incident logs")

    def __str__(self) -> str:
        return self.name


class QuarantinedRow(AppendedRecord):
    """A row of a log that was put aside: where it stood, why, and its own words."""

    log = models.ForeignKey(
        IncidentLog, models.PROTECT, verbose_name=_("incident log"), related_name="quarantined_rows"
    )
    line = models.PositiveIntegerField(_("line of the file"))
    number = models.CharField(_("number"), max_length=60)
    reason = models.CharField(_("reason"), max_length=300)
    content = models.TextField(_("content"))

    class Meta:
        verbose_name = _("quarantined row")
        verbose_name_plural = _("quarantined rows")
        constraints = (
            models.UniqueConstraint(
                fields=("log", "line"),
                name="quarantined_row_once",
                violation_error_message=_("This row is in quarantine already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.log_id}:{self.line}"
