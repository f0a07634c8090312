"""Rules by name, and their editions by the day from which they hold."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.figures import day_text
from meridian.engine.records import Record
from meridian.engine.translation import TranslatedField


class Rule(Record):
    code = models.CharField(_("code"), max_length=60, unique=True)
    name = TranslatedField(_("name"))

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")

    def __str__(self) -> str:
        return str(self.name)


class Edition(Record):
    """What a rule says from a day on; the README tells how `body` is written.

    A published edition is never changed (a trigger keeps it); a later one takes its place.
    """

    rule = models.ForeignKey(Rule, models.PROTECT, verbose_name=_("rule"), related_name="editions")
    starts_on = models.DateField(_("holds from"))
    source = models.CharField(_("source"), max_length=200)
    body = models.JSONField(_("body"), default=dict)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = (
            models.UniqueConstraint(
                fields=("rule", "starts_on"),
                name="edition_once",
                violation_error_message=_("This rule already has an edition from that day."),
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | ~Q(source=""),
                name="edition_published_with_source",
                violation_error_message=_("Name the source before you publish."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} · {day_text(self.starts_on)}"
