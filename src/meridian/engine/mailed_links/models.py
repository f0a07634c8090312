"""The links that were mailed; of a secret only its digest is kept."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MailedLink(models.Model):
    """One link: what it is for, of which row, as that stood (`state`), and for whom.

    No record of the work, so outside of the trail: what is done by a link is a command of its module, in
    the name of whom it was for. `person` is the id that an actor has; who has no account has a `label` alone.
    """

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=80)
    resource = models.CharField(max_length=80)
    row_id = models.BigIntegerField()
    state = models.CharField(max_length=64, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    person = models.BigIntegerField(null=True)
    label = models.CharField(max_length=200)
    language = models.CharField(max_length=10, default="en")
    issued_at = models.DateTimeField(db_default=models.functions.Now())
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("mailed link")
        verbose_name_plural = _("mailed links")

    def __str__(self) -> str:
        return f"{self.purpose} · {self.label}"
