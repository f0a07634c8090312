"""What the house knows of imported logs."""

from meridian.engine.policies import everywhere
from meridian.engine.resources import F, Resource
from meridian.work.histories.models import Intake, Log, LoggedCase, QuarantinedLine

LOGS = everywhere()


class LogResource(Resource):
    model = Log
    address = "logs"
    policy = LOGS
    appended = True
    key = "name"
    order = ("-begun_at",)
    icon = "document"
    fields = (
        F("name", column=True, search="A", api="r"),
        F("kind", column=True, api="r"),
        F("begun_at", column=True, api="r"),
    )


class IntakeResource(Resource):
    model = Intake
    address = "intakes"
    policy = LOGS
    appended = True
    order = ("-taken_at",)
    related = ("log",)
    icon = "document"
    fields = (
        F("log", column=True, filter=True, api="r"),
        F("file", column=True, api="r"),
        F("read", column=True, api="r"),
        F("loaded", column=True, api="r"),
        F("quarantined", column=True, api="r"),
        F("cases", column=True, api="r"),
        F("taken_at", column=True, api="r"),
        F("digest", api="r"),
        F("mapping", api="r"),
    )


class LoggedCaseResource(Resource):
    model = LoggedCase
    address = "cases"
    policy = LOGS
    # Written by taking in files alone.
    add = change = remove = None
    order = ("log", "number")
    related = ("log", "item")
    icon = "item"
    fields = (
        F("log", column=True, filter=True, api="r"),
        F("number", column=True, search="A", api="r"),
        F("item", column=True, filter=False, api="r"),
        F("requester", search="B", api="r"),
        F("events", column=True, api="r"),
        F("first_at", column=True, api="r"),
        F("last_at", api="r"),
        F("hours", column=True, filter=True, api="r"),
        F("changes_country", column=True, filter=True, api="r"),
        F("bounces_country", filter=True, api="r"),
        F("stays_in_one_line", filter=True, api="r"),
        F("waited", column=True, filter=True, api="r"),
        F("lines", form=False, api="", io=False, audit=False),
    )


class QuarantinedLineResource(Resource):
    model = QuarantinedLine
    address = "quarantined-lines"
    policy = LOGS
    appended = True
    order = ("intake", "line")
    related = ("intake",)
    icon = "document"
    fields = (
        F("intake", column=True, filter=True, api="r"),
        F("line", column=True, api="r"),
        F("number", column=True, search="A", api="r"),
        F("reason", column=True, search="B", api="r"),
        F("content", api="r"),
    )
