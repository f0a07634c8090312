"""Files beside an item, those of the items that were merged with it among them."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from meridian.engine.attachments.models import Attachment
from meridian.engine.listing.cut import Cut, cut
from meridian.engine.policies import Actor
from meridian.engine.records import permitted_rows
from meridian.work.items.models import Item
from meridian.work.items.queries.beside import MOST_FILES, File
from meridian.work.items.queries.links import gathered_in, merge_path


def files_for_requester(item: Item) -> Cut[File]:
    """The latest files of the item that are not for the desk only, and what the desk has put beside the
    items that it went into, since then."""
    shown = cut(_for_requester(item).order_by("-pk").values_list("pk", "name", "is_internal"), MOST_FILES)
    return Cut([File(*row) for row in shown.shown], shown.of)


def _for_requester(item: Item) -> QuerySet[Attachment]:
    label = item._meta.label_lower
    found = Attachment.objects.filter(resource=label, row_id=item.pk, is_internal=False)
    for step in merge_path(item):
        found |= Attachment.objects.filter(
            resource=label, row_id=step.item, is_internal=False, attached_at__gte=step.since
        ).exclude(attached_account__in=_accounts_asking(type(item), step.item))
    return found


def _accounts_asking(model: type[Item], item: int) -> Any:
    """The accounts of whoever asked for the item: their files are nobody else's."""
    rows: Any = model._default_manager
    asking = rows.filter(pk=item).values("requester")
    return get_user_model().objects.filter(person__in=asking).values("pk")


def reads_after_merge(model: type[Item], actor: Actor, file: Attachment) -> bool:
    """Files go with a merge: the desk of the item that it went into reads them, and whoever asked for an
    item that went into this one reads what the desk puts here for everybody."""
    item = model._default_manager.filter(pk=file.row_id).first()
    if item is None:
        return False
    above = [step.item for step in merge_path(item)]
    if permitted_rows(model, actor, "queue").filter(pk__in=above).exists():
        return True
    below = permitted_rows(model, actor, "follow").filter(pk__in=gathered_in(item))
    return any(_for_requester(mine).filter(pk=file.pk).exists() for mine in below)
