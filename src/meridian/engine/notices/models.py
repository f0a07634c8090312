"""What somebody was told, and what each wants to be told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meridian.engine.records import Record


class Way(models.TextChoices):
    """How somebody is told of one kind of thing."""

    MAIL = "mail", _("In the bell and by mail")
    BELL = "bell", _("In the bell")
    NOT_AT_ALL = "none", pgettext_lazy("a way of being told", "Not at all")


class Notice(Record):
    """A sentence for one account, in its language, with the address of what it is about.

    `words` are somebody's own, such as the answer itself. `occasion` names what happened: a
    reaction that runs again after a crash tells nobody twice. `offered` is what its mail offers by a link
    of its own (`mailed_links`): purpose, kind of row, row and state; the secret is made as the mail leaves.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("account"), related_name="notices"
    )
    kind = models.CharField(_("kind"), max_length=80, default="")
    occasion = models.CharField(_("occasion"), max_length=120, blank=True)
    text = models.CharField(_("text"), max_length=300)
    words = models.TextField(_("words"), blank=True)
    url = models.CharField(_("address"), max_length=300, blank=True)
    offered = models.JSONField(_("offered by mail"), null=True, blank=True)
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
        constraints = (
            models.UniqueConstraint(
                fields=("account", "occasion"), name="notice_once", condition=~models.Q(occasion="")
            ),
        )

    def __str__(self) -> str:
        return self.text


class Choice(Record):
    """How an account wants to be told of one kind of thing; without one the kind decides."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("account"), related_name="notice_choices"
    )
    kind = models.CharField(_("kind"), max_length=80)
    way = models.CharField(_("way"), max_length=4, choices=Way)

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")
        constraints = (
            models.UniqueConstraint(
                fields=("account", "kind"),
                name="notice_choice_once",
                violation_error_message=_("There is a choice for this kind already."),
            ),
        )

    def __str__(self) -> str:
        return self.kind
