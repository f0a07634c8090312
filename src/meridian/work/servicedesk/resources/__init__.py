"""What the house knows of the service desk."""

from meridian.work.servicedesk.resources.items import WorkItemResource
from meridian.work.servicedesk.resources.parts import WorkEventResource
from meridian.work.servicedesk.resources.settings import TeamResource

__all__ = ["TeamResource", "WorkEventResource", "WorkItemResource"]
