"""The audit trail: who did what, every difference it made, and the seal on both."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import AppendedRecord


class Entry(AppendedRecord):
    """One command as it was carried out. Written with its rows or not at all."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("at"), db_default=models.functions.Now())
    command = models.CharField(_("command"), max_length=120)
    actor_id = models.BigIntegerField(_("account"), null=True)
    actor_label = models.CharField(_("by"), max_length=200)
    channel = models.CharField(_("channel"), max_length=20)
    request = models.UUIDField(_("request"), default=uuid.uuid4)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = (models.Index(fields=("-at",), name="audit_entry_at"),)

    def __str__(self) -> str:
        return f"{self.command} · {self.actor_label}"


class Change(AppendedRecord):
    """One row's difference under an entry; for a bulk load, one line a statement.

    `operation` is add, change, remove or load. `before` and `after` hold only the columns
    that differ; a load holds the number of rows and a digest over them.
    """

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="changes", db_constraint=False)
    table = models.CharField(max_length=80)
    row_id = models.BigIntegerField(null=True)
    operation = models.CharField(max_length=8)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        indexes = (models.Index(fields=("table", "row_id", "-id"), name="audit_change_row"),)

    def __str__(self) -> str:
        return f"{self.operation} {self.table} {self.row_id}"


class Pending(models.Model):
    """An entry that waits for its seal."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, db_constraint=False)

    class Meta:
        verbose_name = _("entry to seal")
        verbose_name_plural = _("entries to seal")


class Seal(AppendedRecord):
    """A link of the hash chain: `digest` covers the entry, its changes and the link before."""

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="seal", db_constraint=False)
    digest = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")

    def __str__(self) -> str:
        return f"{self.number}: {bytes(self.digest).hex()}"
