"""Mail that leaves, whatever became of it, and addresses that don't take any."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.work.channels.contracts import Departure, Letter


class OutboundMail(Record):
    """A mail to one person about one happening on an item. It leaves once: `occasion` names the happening.

    `offered` is what it offers by a link of its own (`mailed_links`), whose secret is made as it leaves.
    What was not sent stands here too, with the reason, for whoever is asked why somebody never heard back.
    """

    mailbox = models.ForeignKey(
        "channels.Mailbox", models.PROTECT, null=True, verbose_name=_("mailbox"), related_name="outbound"
    )
    person = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name=_("person"), related_name="outbound_mails"
    )
    item = models.ForeignKey(
        "servicedesk.WorkItem",
        models.PROTECT,
        null=True,
        verbose_name=_("item"),
        related_name="outbound_mails",
    )
    letter = models.CharField(_("about"), max_length=8, choices=Letter)
    occasion = models.CharField(_("occasion"), max_length=80, unique=True)
    address = models.CharField(_("address"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"))
    message_id = models.CharField(_("Message-ID"), max_length=200, unique=True)
    answers = models.JSONField(_("answers to"), default=list, blank=True)
    offered = models.JSONField(_("offered by mail"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=Departure, default=Departure.QUEUED)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    queued_at = models.DateTimeField(_("written"), db_default=models.functions.Now())
    due_at = models.DateTimeField(_("next attempt"), null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)

    class Meta:
        verbose_name = _("mail that leaves")
        verbose_name_plural = _("mail that leaves")
        indexes = (
            models.Index(fields=("person", "-id"), name="outbound_person"),
            models.Index(fields=("item", "id"), name="outbound_item"),
            models.Index(fields=("address", "-queued_at"), name="outbound_address"),
            models.Index(
                fields=("due_at", "id"),
                name="outbound_due",
                condition=models.Q(state=Departure.QUEUED.value),
            ),
        )

    def __str__(self) -> str:
        return self.subject


class FailingAddress(Record):
    """An address that takes no mail, in the words of the server that said so. Nothing is sent there until
    somebody writes from it, or a person says that it works again."""

    address = models.CharField(_("address"), max_length=254, unique=True)
    status = models.CharField(_("status"), max_length=12)
    said = models.CharField(_("what the server says"), max_length=300, blank=True)
    since = models.DateTimeField(_("since"), db_default=models.functions.Now())

    class Meta:
        verbose_name = _("failing address")
        verbose_name_plural = _("failing addresses")

    def __str__(self) -> str:
        return self.address
