"""The number series of incidents and requests."""

from meridian.engine.numbering import Series
from meridian.engine.policies import Actor
from meridian.work.items.facade import meant_item
from meridian.work.servicedesk.contracts import Kind
from meridian.work.servicedesk.models import WorkItem

SERIES = {Kind.INCIDENT.value: Series("INC"), Kind.REQUEST.value: Series("REQ")}


def own_number(actor: Actor, text: str) -> str | None:
    """The present number of the one item that `text` means, if the actor may see it."""
    return meant_item(WorkItem, SERIES.values(), actor, text)
