"""Webhooks: keeping them, queuing what they are told, trying, and telling again."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.commands import Refusal, clean_row, command, standard_command
from meridian.engine.modules.work import queue_job
from meridian.engine.policies import Actor, system_actor
from meridian.work.webhooks.commands.calling import Answer, call
from meridian.work.webhooks.models import Webhook, WebhookDelivery
from meridian.work.webhooks.rules.places import is_public

MOST_ATTEMPTS = 8
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
AT_ONCE = 100
HOUSE = system_actor("Webhooks")
State = WebhookDelivery.State


@command("webhooks.webhook.add", on=Webhook)
def add_webhook(*, actor: Actor, **fields: Any) -> Webhook:
    """Let another system be told of events."""
    row = Webhook(**fields)
    _refuse_address(row.url)
    clean_row(row)
    row.save()
    return row


@command("webhooks.webhook.change", on=Webhook, target="row")
def change_webhook(*, actor: Actor, row: Webhook, **fields: Any) -> Webhook:
    """Change where or of what a system is told."""
    for name, value in fields.items():
        setattr(row, name, value)
    _refuse_address(row.url)
    clean_row(row)
    row.save()
    return row


remove_webhook = standard_command(Webhook, "remove")


def _refuse_address(url: str) -> None:
    """Say at once what no call would ever do; the address is judged anew before every call."""
    try:
        parts = urlsplit(str(url))
        host, _port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise Refusal(_("This is no address that can be called."), "url") from None
    if host in settings.WEBHOOK_HOSTS:
        return
    if parts.scheme != "https":
        raise Refusal(_("Only addresses that begin with https:// are called."), "url")
    is_number = host.replace(".", "").isdigit() or ":" in host
    if host == "localhost" or host.endswith(".localhost") or (is_number and not is_public(host)):
        raise Refusal(
            _("%(host)s is a private address: the operator must allow it by name in MERIDIAN_WEBHOOK_HOSTS.")
            % {"host": host},
            "url",
        )


@command("webhooks.webhook.renew", on=Webhook, target="row")
def renew_secret(*, actor: Actor, row: Webhook) -> Webhook:
    """Make a new secret; calls are signed with it from now on."""
    row.generation += 1
    row.save(update_fields=("generation",))
    return row


@command("webhooks.webhookdelivery.queue", on=WebhookDelivery, title=gettext_lazy("let a webhook be told"))
def queue_delivery(
    *, actor: Actor, webhook: Webhook, event: str, occasion: str, body: Any
) -> WebhookDelivery:
    """Let a webhook be told of an event, once."""
    row, made = WebhookDelivery.objects.get_or_create(
        webhook=webhook,
        occasion=occasion,
        defaults={"event": event, "body": body, "due_at": timezone.now()},
    )
    if made:
        queue_job("webhooks.deliver", delivery_id=row.pk)
    return row


def deliver_now(delivery_id: int) -> None:
    """Try a delivery that waits; the attempt is on record before the network is asked."""
    due = WebhookDelivery.objects.filter(pk=delivery_id, state=State.WAITING, due_at__lte=timezone.now())
    row = due.select_related("webhook").first()
    if row is None:
        return
    before = row.attempts
    row = begin_delivery(actor=HOUSE, row=row)
    if row.attempts == before:
        # Another worker tries it at this moment.
        return
    if not row.webhook.is_active:
        answer = Answer(None, _("The webhook is switched off."))
    else:
        answer = call(row.webhook, row.pk, row.event, row.body)
    end_delivery(actor=HOUSE, row=row, status=answer.status, remark=answer.remark)


def deliver_due() -> int:
    """Try what waits and is due; how many were tried."""
    due = WebhookDelivery.objects.filter(state=State.WAITING, due_at__lte=timezone.now())
    keys = list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
    for key in keys:
        deliver_now(key)
    return len(keys)


@command(
    "webhooks.webhookdelivery.begin", on=WebhookDelivery, target="row", title=gettext_lazy("try to tell")
)
def begin_delivery(*, actor: Actor, row: WebhookDelivery) -> WebhookDelivery:
    """Count an attempt that is due, and set when the next one comes should this one be lost."""
    if row.state != State.WAITING or row.due_at is None or row.due_at > timezone.now():
        return row
    row.attempts += 1
    row.due_at = timezone.now() + WAITS[min(row.attempts, len(WAITS)) - 1]
    row.save(update_fields=("attempts", "due_at"))
    return row


@command(
    "webhooks.webhookdelivery.end", on=WebhookDelivery, target="row", title=gettext_lazy("note the answer")
)
def end_delivery(*, actor: Actor, row: WebhookDelivery, status: int | None, remark: str) -> WebhookDelivery:
    """Note what came of an attempt; after the last one it is given up."""
    row.status, row.remark = status, remark[:300]
    if Answer(status, "").taken:
        row.state, row.taken_at, row.due_at = State.TAKEN, timezone.now(), None
    elif row.attempts >= MOST_ATTEMPTS:
        row.state, row.due_at = State.GIVEN_UP, None
    row.save()
    return row


@command("webhooks.webhookdelivery.replay", on=WebhookDelivery, target="row")
def replay(*, actor: Actor, row: WebhookDelivery) -> WebhookDelivery:
    """Tell it again, whatever came of it."""
    row.state, row.attempts, row.due_at, row.remark = State.WAITING, 0, timezone.now(), ""
    row.save()
    queue_job("webhooks.deliver", delivery_id=row.pk)
    return row
