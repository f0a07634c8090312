"""What a desk lead sets: categories, hold reasons and the priority matrix."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.engine.translation import TranslatedField


class Category(Record):
    code = models.CharField(_("code"), max_length=60, unique=True)
    name = TranslatedField(_("name"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("part of"), related_name="parts"
    )

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return str(self.name)


class HoldReason(Record):
    """Why an item may wait, and what waiting for that reason asks for."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"))
    pauses_clock = models.BooleanField(_("stops the clock"), default=True)
    needs_note = models.BooleanField(_("needs a note"), default=False)
    needs_until = models.BooleanField(_("needs a date"), default=False)
    waits_for_requester = models.BooleanField(_("ends when the requester replies"), default=False)

    class Meta:
        verbose_name = _("hold reason")
        verbose_name_plural = _("hold reasons")

    def __str__(self) -> str:
        return str(self.name)


class PriorityCell(Record):
    """One cell of the matrix: impact by urgency gives the priority, 1 first."""

    impact = models.PositiveSmallIntegerField(
        _("impact"), validators=(MinValueValidator(1), MaxValueValidator(4))
    )
    urgency = models.PositiveSmallIntegerField(
        _("urgency"), validators=(MinValueValidator(1), MaxValueValidator(4))
    )
    priority = models.PositiveSmallIntegerField(
        _("priority"), validators=(MinValueValidator(1), MaxValueValidator(5))
    )

    class Meta:
        verbose_name = _("priority")
        verbose_name_plural = _("priority matrix")
        constraints = (
            models.UniqueConstraint(
                fields=("impact", "urgency"),
                name="priority_cell_once",
                violation_error_message=_("The matrix already has a priority for this impact and urgency."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.impact} × {self.urgency} → {self.priority}"
