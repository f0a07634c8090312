"""What the house knows of reports."""

from meridian.engine.policies import everywhere
from meridian.engine.resources import F, Resource
from meridian.insight.reports import commands
from meridian.insight.reports.models import Load, Report

REPORT = everywhere()


class ReportResource(Resource):
    model = Report
    address = "reports"
    policy = REPORT
    key = "symbol"
    order = ("symbol",)
    icon = "document"
    in_menu = False
    fields = (
        F("symbol", column=True, search="A"),
        F("title", column=True, search="A"),
        F("dataset_key", column=True),
        F("narrative", search="C"),
    )
    pages = {"detail": "pages.reports.builder"}
    add, change, remove = commands.add_report, commands.change_report, commands.remove_report


class LoadResource(Resource):
    model = Load
    address = "data-set-loads"
    policy = REPORT
    appended = True
    order = ("-loaded_at",)
    icon = "document"
    fields = (
        F("name", column=True),
        F("key", column=True),
        F("loader"),
        F("counts"),
        F("loaded_at", column=True),
    )
