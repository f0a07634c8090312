"""Who pays: cost centres, each of a unit and owned by a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.engine.translation import TranslatedField


class CostCentre(Record):
    """A place to which costs are charged. Its owner answers for what is ordered on it."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"))
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("unit"), related_name="cost_centres"
    )
    owner = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name=_("owner"), related_name="cost_centres"
    )
    closed_on = models.DateField(
        _("closed on"), null=True, blank=True, help_text=_("from this day on nothing is charged to it")
    )

    class Meta:
        verbose_name = _("cost centre")
        verbose_name_plural = _("cost centres")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
