"""The solution that a requester is asked about."""

from meridian.engine.mailed_links.issuing import digest_of
from meridian.work.channels.models.references import WorkItem
from meridian.work.items.facade import words_at
from meridian.work.servicedesk.facade import WorkEvent

CONFIRM, REOPEN = "channels.confirm", "channels.reopen"


def solution_of(item: WorkItem) -> str:
    """The digest of the solution that waits for its requester's word; empty when none does."""
    if item.state != "resolved" or item.merged_into_id is not None:
        return ""
    return digest_of(f"{item.number} {item.resolved_at}")


def solution_words(item: WorkItem) -> str:
    """How it was solved, in the words of the desk."""
    resolved = WorkEvent.objects.filter(item=item, type="resolved").order_by("-sequence").first()
    return words_at(WorkItem, item.pk, resolved.sequence) if resolved else ""
