"""What is told by itself."""

from meridian.work.webhooks.commands.keeping import deliver_due, deliver_now


def deliver(delivery_id: int) -> None:
    """Try to tell one webhook."""
    deliver_now(delivery_id)


def try_again(timestamp: int) -> None:
    """Every minute try what is due: after a failure, or a crash."""
    deliver_due()
