"""What is forgotten once a day."""

from datetime import timedelta

from django.utils import timezone

from meridian.engine.inputs import allowances
from meridian.engine.mailed_links.models import MailedLink
from meridian.engine.mailed_links.pages import TABLE

# So long a late reader is told why a link does nothing any more.
KEPT = timedelta(days=90)


def forget(timestamp: int) -> None:
    """Remove links that ended long ago, and what was counted of wrong ones."""
    MailedLink.objects.filter(expires_at__lt=timezone.now() - KEPT).delete()
    allowances.forget(TABLE)
