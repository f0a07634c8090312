"""Major incidents: an incident that everybody works on at once, with roles and a clock of its own."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import AppendedRecord, Record
from meridian.engine.translation import TranslatedField

ROLES = ("manager", "communications", "technical_lead")


def _held_by(title: Any, name: str) -> models.ForeignKey:
    return models.ForeignKey("people.Person", models.PROTECT, verbose_name=title, related_name=name)


class MajorIncident(Record):
    """What stands on its incident: who leads, when the next update is due, what everybody may read."""

    class State(models.TextChoices):
        ACTIVE = "active", _("Active")
        STOOD_DOWN = "stood_down", _("Stood down")
        REVIEWED = "reviewed", _("Reviewed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    incident = models.OneToOneField(
        "servicedesk.WorkItem", models.PROTECT, verbose_name=_("incident"), related_name="major"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ACTIVE, editable=False)
    subject = TranslatedField(
        _("what is down"), max_length=200, help_text=_("Everybody reads this on the status page")
    )
    status_text = TranslatedField(
        _("public status"),
        max_length=2_000,
        is_long=True,
        blank=True,
        help_text=_("What everybody may know now: what works, what to do meanwhile, what comes next"),
    )
    manager = _held_by(_("major incident manager"), "majors_managed")
    communications = _held_by(_("communications lead"), "majors_communicated")
    technical_lead = _held_by(_("technical lead"), "majors_led")
    cadence_minutes = models.PositiveSmallIntegerField(
        _("an update every (minutes)"),
        default=30,
        validators=(MinValueValidator(5), MaxValueValidator(1_440)),
    )
    declared_at = models.DateTimeField(_("declared"), editable=False)
    next_update_at = models.DateTimeField(_("next update due"), null=True, blank=True, editable=False)
    missed_count = models.PositiveSmallIntegerField(_("updates missed"), default=0, editable=False)
    stood_down_at = models.DateTimeField(_("stood down"), null=True, blank=True, editable=False)
    review = models.TextField(_("review"), max_length=8_000, blank=True, editable=False)
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True, editable=False)
    problem = models.ForeignKey(
        "problems.Problem",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("problem"),
        related_name="majors",
    )

    class Meta:
        verbose_name = _("major incident")
        verbose_name_plural = _("major incidents")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(cadence_minutes__range=(5, 1_440)),
                name="major_cadence_in_range",
                violation_error_message=_("Updates come every 5 minutes to every 24 hours."),
            ),
        )
        indexes = (
            models.Index(
                fields=("next_update_at",),
                name="major_next_update",
                condition=models.Q(next_update_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return str(self.subject)

    @classmethod
    def role_words(cls, role: str) -> str:
        """What one of `ROLES` is called."""
        field: Any = cls._meta.get_field(role)
        return str(field.verbose_name)

    @property
    def is_active(self) -> bool:
        return self.state == self.State.ACTIVE


class MajorUpdate(AppendedRecord):
    """A line of the timeline of a major incident."""

    class Kind(models.TextChoices):
        DECLARED = "declared", _("declared")
        INFORMED = "informed", _("update")
        STATUS = "status", _("public status")
        ROLES = "roles", _("roles changed")
        MISSED = "missed", _("update missed")
        HELD = "held", _("incidents held together")
        LET_GO = "let_go", _("incident let go")
        RESOLVED = "resolved", _("resolved together")
        STOOD_DOWN = "stood_down", _("stood down")
        CALLED_AGAIN = "called_again", _("called again")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REVIEWED = "reviewed", _("reviewed")

    id = models.BigAutoField(primary_key=True)
    major = models.ForeignKey(
        MajorIncident, models.PROTECT, verbose_name=_("major incident"), related_name="updates"
    )
    at = models.DateTimeField(_("at"))
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, verbose_name=_("by"), related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    text = models.TextField(_("words"), blank=True)

    class Meta:
        verbose_name = _("line of a major incident")
        verbose_name_plural = _("lines of major incidents")
        indexes = (models.Index(fields=("major", "-id"), name="major_line"),)

    def __str__(self) -> str:
        return f"{self.major_id} {self.kind}"
