"""Tables of lower floors that items refer to, reached through the references."""

from typing import Any

from meridian.work.servicedesk.models.items import WorkItem

Person: Any = WorkItem._meta.get_field("requester").related_model
Site: Any = WorkItem._meta.get_field("site").related_model
