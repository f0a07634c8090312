"""What can be found: documents of words, derived and rebuilt at will."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

TIMELESS = 2**62
"""The time of rows of a kind that has none: they stand before what happened."""
NO_TIME = 0
"""The time of a row that lacks the time that its kind has."""


class SearchDocument(models.Model):
    """A row's words in all languages, as far as one may read them who may do `action` to it.

    `resource` is a label such as `library.book`; `at` counts seconds, later is newer; `part`
    counts the documents of a row with more words than one can hold.
    """

    resource = models.CharField(max_length=80)
    row_id = models.BigIntegerField()
    action = models.CharField(max_length=40)
    part = models.PositiveSmallIntegerField()
    at = models.BigIntegerField()
    vector = SearchVectorField()

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        constraints = (
            models.UniqueConstraint(
                fields=("resource", "row_id", "action", "part"), name="search_document_once"
            ),
        )
        indexes = (
            models.Index(fields=("resource", "-at", "-row_id"), name="search_newest"),
            # Two, so that a word of a million items costs nothing where registers are asked for it.
            GinIndex(fields=("vector",), name="search_named", condition=models.Q(at=TIMELESS)),
            GinIndex(fields=("vector",), name="search_dated", condition=models.Q(at__lt=TIMELESS)),
        )

    def __str__(self) -> str:
        return f"{self.resource} {self.row_id}"


class SearchPending(models.Model):
    """A row whose documents are to be made anew; put here by a trigger, taken by a job."""

    resource = models.CharField(max_length=80)
    row_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("row to index")
        verbose_name_plural = _("rows to index")

    def __str__(self) -> str:
        return f"{self.resource} {self.row_id}"
