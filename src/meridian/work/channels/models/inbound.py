"""Mail that came in: each once, its bytes kept as a file beside it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.work.channels.contracts import Arrival, Automatic, Why


class InboundMail(Record):
    """A mail as it was read and what became of it. `said` is what its sender wrote, `text` the whole."""

    mailbox = models.ForeignKey(
        "channels.Mailbox", models.PROTECT, verbose_name=_("mailbox"), related_name="inbound"
    )
    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True)
    message_id = models.CharField(_("Message-ID"), max_length=400, blank=True, db_index=True)
    answers = models.JSONField(_("answers to"), default=list, blank=True)
    sender = models.CharField(_("sender"), max_length=254, blank=True)
    sender_name = models.CharField(_("name of the sender"), max_length=200, blank=True)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, verbose_name=_("person"), related_name="inbound_mails"
    )
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    said = models.TextField(_("words"), blank=True)
    text = models.TextField(_("whole text"), blank=True)
    html = models.TextField(_("as a page"), blank=True)
    size_bytes = models.BigIntegerField(_("size (bytes)"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    arrived_at = models.DateTimeField(_("arrived"), db_default=models.functions.Now())
    automatic = models.CharField(_("sent by"), max_length=8, choices=Automatic, default=Automatic.NONE)
    state = models.CharField(_("state"), max_length=8, choices=Arrival, default=Arrival.TAKEN)
    why = models.CharField(_("waits because"), max_length=10, choices=Why, blank=True)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    item = models.ForeignKey(
        "servicedesk.WorkItem",
        models.PROTECT,
        null=True,
        verbose_name=_("item"),
        related_name="inbound_mails",
    )
    decided_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, verbose_name=_("decided by"), related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)

    class Meta:
        verbose_name = _("mail that came in")
        verbose_name_plural = _("mail that came in")
        indexes = (
            models.Index(fields=("-arrived_at", "-id"), name="inbound_arrived"),
            models.Index(fields=("sender", "-arrived_at"), name="inbound_sender"),
            models.Index(
                fields=("arrived_at", "id"),
                name="inbound_waiting",
                condition=models.Q(state=Arrival.WAITING.value),
            ),
        )

    def __str__(self) -> str:
        return self.subject or self.sender or self.fingerprint[:12]
