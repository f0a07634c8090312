"""What attachments do by themselves."""

from meridian.engine.attachments.arriving import forget_ended


def forget_uploads(timestamp: int) -> None:
    """Every hour forget the uploads with which nobody went on in time."""
    forget_ended()
