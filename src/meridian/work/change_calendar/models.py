"""Freezes and maintenance windows."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.engine.translation import TranslatedField
from meridian.work.change_calendar.contracts import Kind


class ChangeWindow(Record):
    """A freeze, in which changes rest, or a maintenance window, outside of which they do.

    Without a scope it holds for everything.
    """

    class Type(models.TextChoices):
        FREEZE = "freeze", _("Freeze")
        MAINTENANCE = "maintenance", _("Maintenance window")

    class Hardness(models.TextChoices):
        BLOCK = "block", _("blocks")
        WARN = "warn", _("warns")

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"))
    type = models.CharField(_("type"), max_length=12, choices=Type, default=Type.FREEZE)
    hardness = models.CharField(_("what it does"), max_length=6, choices=Hardness, default=Hardness.BLOCK)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    exempt = ArrayField(
        models.CharField(max_length=10, choices=Kind),
        verbose_name=_("not for changes of type"),
        default=list,
        blank=True,
    )
    region = models.ForeignKey(
        "places.Region",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("only in the region"),
        related_name="change_windows",
    )

    class Meta:
        verbose_name = _("freeze or maintenance window")
        verbose_name_plural = _("freezes and maintenance windows")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="change_window_not_empty",
                violation_error_message=_("A window ends after it begins: correct one of the two times."),
            ),
        )
        indexes = (models.Index(fields=("starts_at", "ends_at"), name="change_window_span"),)

    def __str__(self) -> str:
        return str(self.name)


class WindowScope(Record):
    """A thing for which a window holds, with all that stands on it."""

    window = models.ForeignKey(ChangeWindow, models.CASCADE, verbose_name=_("window"), related_name="scopes")
    concerns = models.ForeignKey(
        "configuration.ConfigurationItem",
        models.PROTECT,
        verbose_name=_("holds for"),
        related_name="change_windows",
    )

    class Meta:
        verbose_name = _("scope of a window")
        verbose_name_plural = _("scopes of windows")
        constraints = (
            models.UniqueConstraint(
                fields=("window", "concerns"),
                name="window_scope_once",
                violation_error_message=_("The window holds for this already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.window} · {self.concerns_id}"
