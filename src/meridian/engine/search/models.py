"""What can be found: a document per row and language, derived and rebuilt at will."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchDocument(models.Model):
    """A row's words in one language. `resource` is a label such as `places.site`."""

    resource = models.CharField(max_length=80)
    row_id = models.BigIntegerField()
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=300)
    vector = SearchVectorField()

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        constraints = (
            models.UniqueConstraint(fields=("resource", "row_id", "language"), name="search_document_once"),
        )
        indexes = (GinIndex(fields=("vector",), name="search_vector", fastupdate=True),)

    def __str__(self) -> str:
        return self.title


class SearchPending(models.Model):
    """A row whose documents are to be made anew; put here by a trigger, taken by a job."""

    resource = models.CharField(max_length=80)
    row_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("row to index")
        verbose_name_plural = _("rows to index")

    def __str__(self) -> str:
        return f"{self.resource} {self.row_id}"
