"""Errands: what somebody asked for, how far it is, what came of it."""

import datetime
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record

# How long the files of an errand are kept after its end.
KEPT = datetime.timedelta(days=3)


class State(models.TextChoices):
    """How it stands with an errand."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Under way")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Refused")
    FAILED = "failed", _("Failed")
    STOPPED = "stopped", _("Stopped")


UNDER_WAY = (State.WAITING, State.RUNNING)


class Errand(Record):
    """One piece of long work. `scopes` are those of the token that asked, None for a person at a page.

    `digest` is the same for two that ask the same: of such only one is under way.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("account"), related_name="errands"
    )
    kind = models.CharField(_("kind"), max_length=80)
    title = models.CharField(_("what is done"), max_length=200)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    arguments = models.JSONField(_("asked"), default=dict, blank=True)
    scopes = ArrayField(models.CharField(max_length=100), verbose_name=_("scopes"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    digest = models.CharField(_("SHA-256"), max_length=64)
    place = models.UUIDField(_("folder"), default=uuid.uuid4, unique=True)
    rows_done = models.PositiveBigIntegerField(_("rows done"), default=0)
    rows_total = models.PositiveBigIntegerField(_("rows in all"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    asked_at = models.DateTimeField(_("asked"), db_default=models.functions.Now())
    began_at = models.DateTimeField(_("began"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    why = models.TextField(_("why not"), blank=True)
    result = models.JSONField(_("result"), default=dict, blank=True)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    file_type = models.CharField(_("type"), max_length=100, blank=True)
    size_bytes = models.BigIntegerField(_("size (bytes)"), null=True, blank=True)

    class Meta:
        verbose_name = _("errand")
        verbose_name_plural = _("errands")
        constraints = (
            models.UniqueConstraint(
                fields=("account", "digest"),
                name="errand_once",
                condition=models.Q(state__in=UNDER_WAY),
                violation_error_message=_("You have asked for just this already: it is under way."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def kept_until(self) -> datetime.datetime | None:
        """Until when its files are kept; None while it is under way."""
        return self.ended_at + KEPT if self.ended_at else None

    @property
    def has_file(self) -> bool:
        """Whether there is a file to take away."""
        until = self.kept_until
        return (
            self.state == State.DONE and bool(self.file_name) and until is not None and until > timezone.now()
        )
