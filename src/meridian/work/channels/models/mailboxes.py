"""The addresses of desks, and how the fetching of each stands."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record


class Security(models.TextChoices):
    TLS = "tls", _("TLS from the beginning")
    STARTTLS = "starttls", _("TLS by STARTTLS")
    NONE = "none", _("No TLS: on this machine alone")


class Mailbox(Record):
    """The mail address of a desk. Its password stands in no table: a file of the operator has it."""

    address = models.EmailField(_("address"), unique=True)
    name = models.CharField(_("name of the sender"), max_length=120)
    team = models.ForeignKey(
        "servicedesk.Team", models.PROTECT, verbose_name=_("team"), related_name="mailboxes"
    )
    language = models.CharField(_("language"), max_length=8, default="en")
    server = models.CharField(
        _("server"), max_length=200, blank=True, help_text=_("Empty: mail is sent from here but not fetched")
    )
    port = models.PositiveIntegerField(
        _("port"), default=993, validators=(MinValueValidator(1), MaxValueValidator(65_535))
    )
    security = models.CharField(_("security"), max_length=8, choices=Security, default=Security.TLS)
    login = models.CharField(
        _("user name"), max_length=200, blank=True, help_text=_("Empty: the address itself")
    )
    verifier = models.CharField(
        _("server that verifies senders"),
        max_length=200,
        blank=True,
        help_text=_(
            "The name in the Authentication-Results of your own server; a sender that it calls false waits "
            "for a person"
        ),
    )
    is_main = models.BooleanField(
        _("main address"), default=False, help_text=_("Desks without an address of their own send from here")
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")
        constraints = (
            models.UniqueConstraint(
                fields=("is_main",),
                condition=models.Q(is_main=True),
                name="mailbox_one_main",
                violation_error_message=_("Another mailbox is the main address: change that one first."),
            ),
        )

    def __str__(self) -> str:
        return self.address


class MailboxState(models.Model):
    """How far the fetching of a mailbox has come. It moves every minute: no part of the trail."""

    mailbox = models.OneToOneField(Mailbox, models.CASCADE, primary_key=True, related_name="state")
    uid_validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)
    fetched_at = models.DateTimeField(null=True)
    fetched_count = models.PositiveIntegerField(default=0)
    waiting_since = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    fault = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return str(self.mailbox_id)
