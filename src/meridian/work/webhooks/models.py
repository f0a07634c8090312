"""What other systems are told, and how each telling went."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record

# The events of the desk that a system may subscribe to, by the names by which modules know them.
EVENTS = (
    ("servicedesk.ItemOpened", _("An item is opened")),
    ("servicedesk.ItemAssigned", _("An item is assigned")),
    ("servicedesk.ItemReplied", _("Somebody replies")),
    ("servicedesk.ItemHeld", _("An item is put on hold")),
    ("servicedesk.ItemResumed", _("An item goes on")),
    ("servicedesk.ItemResolved", _("An item is resolved")),
    ("servicedesk.ItemReopened", _("An item is reopened")),
    ("servicedesk.ItemEnded", _("An item is closed or cancelled")),
    ("servicedesk.ItemDueMoved", _("A promise has moved")),
)


class Webhook(Record):
    """An address of another system that is told of events. Its secret is derived from the house's key and
    stands in no table; a new `generation` makes a new one."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    url = models.CharField(_("address"), max_length=400)
    events = ArrayField(models.CharField(max_length=60, choices=EVENTS), verbose_name=_("events"))
    generation = models.PositiveIntegerField(_("generation of the secret"), default=1, editable=False)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.name


class WebhookDelivery(Record):
    """One event on its way to one webhook: tried until it is taken, or given up."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for its next attempt")
        TAKEN = "taken", _("Taken")
        GIVEN_UP = "given_up", _("Given up")

    webhook = models.ForeignKey(Webhook, models.CASCADE, verbose_name=_("webhook"), related_name="deliveries")
    occasion = models.CharField(_("occasion"), max_length=120)
    event = models.CharField(_("event"), max_length=60, choices=EVENTS)
    body = models.JSONField(_("body"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    status = models.PositiveSmallIntegerField(_("answer"), null=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    queued_at = models.DateTimeField(_("since"), db_default=models.functions.Now())
    due_at = models.DateTimeField(_("next attempt"), null=True)
    taken_at = models.DateTimeField(_("taken"), null=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = (
            models.UniqueConstraint(
                fields=("webhook", "occasion"),
                name="delivery_once",
                violation_error_message=_("The webhook is told of this already."),
            ),
        )
        indexes = (
            models.Index(fields=("due_at", "id"), name="delivery_due", condition=models.Q(state="waiting")),
        )

    def __str__(self) -> str:
        return f"{self.event} · {self.webhook}"
