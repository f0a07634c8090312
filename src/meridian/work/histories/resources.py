"""What the house knows of imported logs."""

from meridian.engine.policies import everywhere
from meridian.engine.resources import F, Resource
from meridian.work.histories.models import IncidentLog, QuarantinedRow

INCIDENT_LOG = everywhere()


class IncidentLogResource(Resource):
    model = IncidentLog
    address = "incident-logs"
    policy = INCIDENT_LOG
    appended = True
    key = "digest"
    order = ("-loaded_at",)
    icon = "document"
    fields = (
        F("name", column=True, api="r"),
        F("rows", column=True, api="r"),
        F("incidents", column=True, api="r"),
        F("rows_replayed", column=True, api="r"),
        F("rows_quarantined", column=True, api="r"),
        F("incidents_known", api="r"),
        F("rows_known", api="r"),
        F("loaded_at", column=True, api="r"),
        F("digest", api="r"),
    )


class QuarantinedRowResource(Resource):
    model = QuarantinedRow
    address = "quarantined-rows"
    policy = INCIDENT_LOG
    appended = True
    order = ("log", "line")
    related = ("log",)
    icon = "document"
    fields = (
        F("log", column=True, api="r"),
        F("line", column=True, api="r"),
        F("number", column=True, search="A", api="r"),
        F("reason", column=True, search="B", api="r"),
        F("content", api="r"),
    )
