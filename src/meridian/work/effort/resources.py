"""What the house knows of time spent."""

from meridian.engine.resources import F, Resource
from meridian.work.effort import commands
from meridian.work.effort.models import TimeEntry
from meridian.work.effort.policies import TimeEntryPolicy


class TimeEntryResource(Resource):
    model = TimeEntry
    address = "time-entries"
    policy = TimeEntryPolicy
    order = ("-worked_on", "-id")
    related = ("item", "person", "team")
    titled = ("item", "worked_on")
    dated = "worked_on"
    icon = "clock"
    add, change, remove = commands.add_time, commands.change_time, commands.remove_time
    fields = (
        F("item", column=True, filter=False),
        F("person", column=True, form=False, api="r"),
        F("team", column=True, form=False, api="r"),
        F("worked_on", column=True),
        F("minutes", column=True),
        F("note", column=True, search="C"),
    )
