"""What everybody, or some units, should know from one moment until another."""

from django.conf import settings
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
    service = models.ForeignKey(
        "services.Service",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("about the service"),
        related_name="announcements",
        help_text=_("it then stands on the status page too"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    is_acknowledged = models.BooleanField(
        _("has to be acknowledged"),
        default=False,
        help_text=_("everybody addressed is told and reminded until they say that they have read it"),
    )
    told_until = models.BigIntegerField(_("told as far as"), default=0, editable=False)
    told_at = models.DateTimeField(_("everybody told"), null=True, editable=False)

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


class Recipient(Record):
    """Somebody who is to acknowledge an announcement: told once, reminded, and when they did."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Not yet")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")

    announcement = models.ForeignKey(
        Announcement, models.CASCADE, verbose_name=_("announcement"), related_name="recipients"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("account"), related_name="+"
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    told_at = models.DateTimeField(_("told"))
    reminded_at = models.DateTimeField(_("reminded"), null=True)
    reminder_count = models.PositiveSmallIntegerField(_("times reminded"), default=0)
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True)
    channel = models.CharField(_("channel"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("recipient of an announcement")
        verbose_name_plural = _("recipients of announcements")
        indexes = (
            models.Index(
                fields=("announcement", "id"), name="recipient_waiting", condition=models.Q(state="waiting")
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("announcement", "account"),
                name="recipient_once",
                violation_error_message=_("This account is a recipient already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.account} · {self.announcement}"
