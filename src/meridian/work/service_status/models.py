"""When services weren't whole, what was told of it, and who wants to be told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import AppendedRecord, Record
from meridian.engine.translation import TranslatedField
from meridian.work.service_status.contracts import DISRUPTED, Level


def _of_service(name: str) -> models.ForeignKey:
    return models.ForeignKey("services.Service", models.PROTECT, verbose_name=_("service"), related_name=name)


class Disruption(Record):
    """A stretch in which a major incident kept a service from being whole; each level is its own stretch."""

    major = models.ForeignKey(
        "majors.MajorIncident", models.PROTECT, verbose_name=_("major incident"), related_name="disruptions"
    )
    service = _of_service("disruptions")
    level = models.CharField(_("how it stands"), max_length=12, choices=DISRUPTED, default=Level.PARTIAL)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: it lasts"))

    class Meta:
        verbose_name = _("disruption of a service")
        verbose_name_plural = _("disruptions of services")
        constraints = (
            models.UniqueConstraint(
                fields=("major", "service"),
                name="disruption_lasts_once",
                condition=models.Q(ends_at__isnull=True),
                violation_error_message=_("The major incident hits this service already."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=models.F("starts_at")),
                name="disruption_ends_after_start",
                violation_error_message=_("A disruption ends after it begins: correct one of the two times."),
            ),
        )
        indexes = (models.Index(fields=("service", "starts_at"), name="disruption_of_service"),)

    def __str__(self) -> str:
        return f"{self.service_id} · {self.get_level_display()}"


class StatusStep(AppendedRecord):
    """Something that is told of one service; steps of one occasion are told together, once."""

    class Kind(models.TextChoices):
        BEGAN = "began", _("disrupted")
        ALTERED = "altered", _("changed")
        INFORMED = "informed", _("news")
        ENDED = "ended", _("works again")
        PLANNED = "planned", _("maintenance planned")
        CALLED_OFF = "called_off", _("maintenance called off")

    service = _of_service("status_steps")
    occasion = models.CharField(_("occasion"), max_length=80, db_index=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    level = models.CharField(_("how it stands"), max_length=12, choices=Level)
    at = models.DateTimeField(_("at"), db_index=True)
    subject = TranslatedField(_("subject"), max_length=200, blank=True)
    text = TranslatedField(_("text"), max_length=2_000, is_long=True, blank=True)
    starts_at = models.DateTimeField(_("from"), null=True)
    ends_at = models.DateTimeField(_("until"), null=True)
    major = models.ForeignKey(
        "majors.MajorIncident",
        models.PROTECT,
        null=True,
        verbose_name=_("major incident"),
        related_name="status_steps",
    )
    change = models.ForeignKey(
        "changes.Change", models.PROTECT, null=True, verbose_name=_("change"), related_name="status_steps"
    )

    class Meta:
        verbose_name = _("news of a service")
        verbose_name_plural = _("news of services")

    def __str__(self) -> str:
        return f"{self.service_id} · {self.get_kind_display()}"


class Subscription(Record):
    """Somebody wants to be told of a service, a site, or everything."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("account"), related_name="+"
    )
    service = models.ForeignKey(
        "services.Service",
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("service"),
        related_name="subscriptions",
    )
    site = models.ForeignKey(
        "places.Site",
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("site"),
        related_name="status_subscriptions",
    )

    class Meta:
        verbose_name = _("subscription to the status of services")
        verbose_name_plural = _("subscriptions to the status of services")
        constraints = (
            models.UniqueConstraint(
                fields=("account", "service", "site"),
                name="status_subscription_once",
                nulls_distinct=False,
                violation_error_message=_("You follow this already."),
            ),
            models.CheckConstraint(
                condition=models.Q(service__isnull=True) | models.Q(site__isnull=True),
                name="status_subscription_to_one",
                violation_error_message=_(
                    "Follow a service or a site, each by itself; or neither: everything."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.service or self.site or _("Everything"))
