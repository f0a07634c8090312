"""What the house knows of changes."""

from meridian.work.changes.resources.changes import ChangeResource
from meridian.work.changes.resources.parts import ChangeEventResource
from meridian.work.changes.resources.settings import BoardResource, MeetingResource

__all__ = ["BoardResource", "ChangeEventResource", "ChangeResource", "MeetingResource"]
