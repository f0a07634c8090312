"""What somebody was told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record


class Notice(Record):
    """A sentence for one account, in its language, with the address of what it is about."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("account"), related_name="notices"
    )
    text = models.CharField(_("text"), max_length=300)
    url = models.CharField(_("address"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"), db_default=models.functions.Now())
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = (
            models.Index(fields=("account", "-id"), name="notice_account"),
            models.Index(fields=("account",), name="notice_unread", condition=models.Q(read_at__isnull=True)),
        )

    def __str__(self) -> str:
        return self.text
