"""What everybody, or some units, should know from one moment until another."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.engine.translation import TranslatedField


class Announcement(Record):
    """A few sentences in the six languages; without addressed units they are for everybody."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    code = models.CharField(_("code"), max_length=40, unique=True)
    subject = TranslatedField(_("subject"), max_length=200)
    text = TranslatedField(
        _("text"),
        max_length=4_000,
        is_long=True,
        help_text=_("At most 4000 letters in each language: it stands on first pages"),
    )
    starts_at = models.DateTimeField(_("from"), default=timezone.now)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until withdrawn"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=models.F("starts_at")),
                name="announcement_ends_after_start",
                violation_error_message=_(
                    "An announcement ends after it starts: correct one of the two times."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.subject)


class Audience(Record):
    """A unit to which an announcement is addressed, with everything below it."""

    announcement = models.ForeignKey(
        Announcement, models.CASCADE, verbose_name=_("announcement"), related_name="audiences"
    )
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("unit"), related_name="announcements"
    )

    class Meta:
        verbose_name = _("addressed unit")
        verbose_name_plural = _("addressed units")
        constraints = (
            models.UniqueConstraint(
                fields=("announcement", "unit"),
                name="audience_once",
                violation_error_message=_("The announcement is addressed to this unit already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.unit)
