"""Who reads the files of an item after a merge."""

from meridian.engine.attachments.models import Attachment
from meridian.engine.policies import Actor
from meridian.work.items import facade as items
from meridian.work.servicedesk.models import WorkItem


def reads_after_merge(actor: Actor, file: Attachment) -> bool:
    """Files go with a merge; see `items.facade.reads_after_merge`."""
    return items.reads_after_merge(WorkItem, actor, file)
