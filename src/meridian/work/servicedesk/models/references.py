"""Tables of lower floors that items refer to, reached through the references."""

from typing import Any

from meridian.work.servicedesk.models.items import WorkItem
from meridian.work.servicedesk.models.teams import Team

Person: Any = WorkItem._meta.get_field("requester").related_model
DutyStation: Any = Team._meta.get_field("duty_station").related_model
Site: Any = WorkItem._meta.get_field("site").related_model
