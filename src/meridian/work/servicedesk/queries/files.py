"""Files beside an item, those of the items that were merged with it among them."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from meridian.engine.attachments.models import Attachment
from meridian.engine.listing.cut import Cut, cut
from meridian.engine.policies import Actor
from meridian.work.items.facade import MOST_FILES, File, gathered_in, merge_path
from meridian.work.servicedesk.models import WorkItem

LABEL = WorkItem._meta.label_lower


def files_for_requester(item: WorkItem) -> Cut[File]:
    """The latest files of the item that are not for the desk only, and what the desk has put beside the
    items that it went into, since then."""
    shown = cut(_for_requester(item).order_by("-pk").values_list("pk", "name", "is_internal"), MOST_FILES)
    return Cut([File(*row) for row in shown.shown], shown.of)


def _for_requester(item: WorkItem) -> QuerySet[Attachment]:
    found = Attachment.objects.filter(resource=LABEL, row_id=item.pk, is_internal=False)
    for step in merge_path(item):
        found |= Attachment.objects.filter(
            resource=LABEL, row_id=step.item, is_internal=False, attached_at__gte=step.since
        ).exclude(attached_account__in=_accounts_asking(step.item))
    return found


def _accounts_asking(item: int) -> Any:
    """The accounts of whoever asked for the item: their files are nobody else's."""
    asking = WorkItem.objects.filter(pk=item).values("requester")
    return get_user_model().objects.filter(person__in=asking).values("pk")


def reads_after_merge(actor: Actor, file: Attachment) -> bool:
    """Files go with a merge: the desk of the item that it went into reads them, and whoever asked for an
    item that went into this one reads what the desk puts here for everybody."""
    item = WorkItem.objects.filter(pk=file.row_id).first()
    if item is None:
        return False
    above = [step.item for step in merge_path(item)]
    if WorkItem.objects.permitted(actor, "queue").filter(pk__in=above).exists():
        return True
    below = WorkItem.objects.permitted(actor, "follow").filter(pk__in=gathered_in(item))
    return any(_for_requester(mine).filter(pk=file.pk).exists() for mine in below)
