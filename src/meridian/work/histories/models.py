"""Which logs of other desks were taken in, their cases, and the lines that could not be loaded."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import AppendedRecord, Record


class Log(AppendedRecord):
    """The log of a desk, by the name under which it is asked for."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("what its cases are"), max_length=60)
    begun_at = models.DateTimeField(_("first taken in"), db_default=models.functions.Now())

    class Meta:
        verbose_name = _("log")
        verbose_name_plural = _("logs")

    def __str__(self) -> str:
        return self.name


class Intake(AppendedRecord):
    """A file of a log as it was taken in: lines read are the sum of those loaded and those in quarantine."""

    log = models.ForeignKey(Log, models.PROTECT, verbose_name=_("log"), related_name="intakes")
    digest = models.CharField(_("SHA-256 of the log"), max_length=64)
    mapping = models.TextField(_("mapping"), blank=True)
    file = models.CharField(_("file"), max_length=200)
    read = models.PositiveIntegerField(_("lines read"))
    loaded = models.PositiveIntegerField(_("lines loaded"))
    quarantined = models.PositiveIntegerField(_("lines in quarantine"))
    cases = models.PositiveIntegerField(_("cases loaded"))
    taken_at = models.DateTimeField(_("taken in"), db_default=models.functions.Now())

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(read=models.F("loaded") + models.F("quarantined")),
                name="intake_control_total",
                violation_error_message=_("Lines loaded and lines in quarantine must add up to those read."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.file} · {self.read}"


class LoggedCase(Record):
    """A case of a log, the item that it became, how it flowed, and its lines in order as JSON."""

    log = models.ForeignKey(Log, models.PROTECT, verbose_name=_("log"), related_name="cases")
    number = models.CharField(_("old number"), max_length=200)
    item = models.OneToOneField(
        "servicedesk.WorkItem", models.PROTECT, verbose_name=_("work item"), related_name="logged_case"
    )
    requester = models.CharField(_("requester, as the log says"), max_length=400, blank=True)
    events = models.PositiveIntegerField(_("events"))
    first_at = models.DateTimeField(_("first event"))
    last_at = models.DateTimeField(_("last event"))
    hours = models.DecimalField(_("hours from first to last event"), max_digits=12, decimal_places=4)
    changes_country = models.BooleanField(_("changes country"), null=True)
    bounces_country = models.BooleanField(_("comes back to a country"), null=True)
    stays_in_one_line = models.BooleanField(_("stays in one line"), null=True)
    waited = models.BooleanField(_("waited"))
    # JSON that no statement looks into: as text it is written and read at half the cost.
    lines = models.TextField(_("lines"), default="[]")

    class Meta:
        verbose_name = _("case of a log")
        verbose_name_plural = _("cases of logs")
        constraints = (
            models.UniqueConstraint(
                fields=("log", "number"),
                name="logged_case_once",
                violation_error_message=_("The log has this case already."),
            ),
        )

    def __str__(self) -> str:
        return self.number


class QuarantinedLine(AppendedRecord):
    """A line of a log that was put aside: where it stood, why, and its own words."""

    intake = models.ForeignKey(
        Intake, models.PROTECT, verbose_name=_("intake"), related_name="quarantined_lines"
    )
    line = models.PositiveIntegerField(_("line of the file"))
    number = models.CharField(_("number"), max_length=200)
    reason = models.CharField(_("reason"), max_length=300)
    content = models.TextField(_("content"))

    class Meta:
        verbose_name = _("quarantined line")
        verbose_name_plural = _("quarantined lines")
        indexes = (models.Index(fields=("intake", "line"), name="quarantined_line_of"),)

    def __str__(self) -> str:
        return f"{self.intake_id}:{self.line}"
