"""Files: what they hold is stored once, where they hang is a row each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import AppendedRecord, Record


class StoredFile(AppendedRecord):
    """Bytes under their SHA-256; the same file attached twice is stored once."""

    id = models.BigAutoField(primary_key=True)
    digest = models.CharField(_("SHA-256"), max_length=64, unique=True)
    size_bytes = models.BigIntegerField(_("size (bytes)"))

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")

    def __str__(self) -> str:
        return self.digest


class Attachment(Record):
    """A file beside a row. `resource` and `row_id` name the row.

    An internal file is for those who keep the row, not for everybody who sees it
    (`Policy.inner`). `attached_account` may take it away again.
    """

    resource = models.CharField(_("kind of row"), max_length=80)
    row_id = models.BigIntegerField(_("row"))
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name=_("file"), related_name="attachments")
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(_("type"), max_length=100)
    is_internal = models.BooleanField(_("for the desk only"), default=False)
    attached_account = models.BigIntegerField(_("account that attached it"), null=True, blank=True)
    attached_by = models.CharField(_("by"), max_length=200)
    attached_at = models.DateTimeField(_("at"), db_default=models.functions.Now())

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        indexes = (models.Index(fields=("resource", "row_id"), name="attachment_row"),)

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """A file on its way to a row, of which so many bytes have arrived; outside of the trail."""

    id = models.UUIDField(primary_key=True)
    resource = models.CharField(_("kind of row"), max_length=80)
    row_id = models.BigIntegerField(_("row"))
    account = models.BigIntegerField(_("account"))
    name = models.CharField(_("name"), max_length=200)
    is_internal = models.BooleanField(_("for the desk only"), default=False)
    size_bytes = models.BigIntegerField(_("size (bytes)"))
    received_bytes = models.BigIntegerField(_("arrived (bytes)"), default=0)
    expires_at = models.DateTimeField(_("waits until"))

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        indexes = (
            models.Index(fields=("account", "expires_at"), name="upload_account"),
            models.Index(fields=("expires_at",), name="upload_expires"),
        )

    def __str__(self) -> str:
        return self.name
