"""The pages of reports and published tables, at `/reports/`."""

from django.urls import path

from meridian.insight.reports.pages.reports import download, home
from meridian.insight.reports.pages.tables import download_table, published, tables

urlpatterns = [
    path("", home, name="reports-home"),
    path("reports/<int:key>/as/<slug:form>/", download, name="reports-download"),
    path("tables/", tables, name="reports-tables"),
    path("tables/<slug:name>/", published, name="reports-table"),
    path("tables/<slug:name>/as/<slug:form>/", download_table, name="reports-table-download"),
]
