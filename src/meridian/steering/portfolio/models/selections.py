"""Runs of the selection, kept with what they were asked and what they answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import AppendedRecord


class Selection(AppendedRecord):
    """The portfolio that was chosen from all open proposals on a day; every number of it stays as told.

    `answer` is what `selection.answer` gives, amounts in USD.
    """

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("unit"), related_name="selections"
    )
    made_at = models.DateTimeField(_("made at"), db_default=models.functions.Now(), editable=False)
    status = models.CharField(_("status"), max_length=10)
    value_usd = models.DecimalField(_("value (USD)"), max_digits=18, decimal_places=2)
    bound_usd = models.DecimalField(_("bound (USD)"), max_digits=18, decimal_places=2)
    cost_usd = models.DecimalField(_("cost (USD)"), max_digits=18, decimal_places=2)
    answer = models.JSONField(_("answer"))

    class Meta:
        verbose_name = _("portfolio selection")
        verbose_name_plural = _("portfolio selections")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(bound_usd__gte=models.F("value_usd")),
                name="selection_bound_above",
                violation_error_message=_("The bound can't be below the value that it bounds."),
            ),
        )

    def __str__(self) -> str:
        return str(_("Selection %(number)d") % {"number": self.pk})
