"""Data sets as they were loaded, and reports made of narrative and tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import AppendedRecord, Record
from meridian.engine.translation import TranslatedField


class Load(AppendedRecord):
    """What one loader took in of a published data set.

    `key` follows from the content of the folder: a folder with one other figure is another set.
    """

    key = models.CharField(_("key"), max_length=40)
    name = models.CharField(_("data set"), max_length=80)
    loader = models.CharField(_("loader"), max_length=120)
    counts = models.JSONField(_("rows"), default=dict)
    loaded_at = models.DateTimeField(_("loaded at"), db_default=models.functions.Now())

    class Meta:
        verbose_name = _("data set load")
        verbose_name_plural = _("data set loads")
        constraints = (
            models.UniqueConstraint(
                fields=("key", "loader"),
                name="load_once",
                violation_error_message=_("This data set is loaded already."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Report(Record):
    """A paper for a governing body.

    `narrative` is text in paragraphs: a line that begins with `#` is a heading (`##` one level
    lower), a line `[[projects-by-biennium]]` is that table; other paragraphs are numbered.
    """

    symbol = models.CharField(_("symbol"), max_length=40, unique=True)
    title = TranslatedField(_("title"))
    dataset_key = models.CharField(_("data set"), max_length=40)
    narrative = TranslatedField(_("narrative"))

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")

    def __str__(self) -> str:
        return str(self.title)
