"""Answers kept so that a repeated request is carried out once."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptAnswer(models.Model):
    """The answer to a write that came with an `Idempotency-Key`; kept for a day.

    No record of the work, so outside of the trail.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept_answers")
    key = models.CharField(max_length=80)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(default="")
    at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        constraints = (models.UniqueConstraint(fields=("account", "key"), name="kept_answer_once"),)

    def __str__(self) -> str:
        return self.key
