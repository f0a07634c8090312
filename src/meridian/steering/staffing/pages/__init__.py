"""The pages of staffing, at `/staffing/`."""

from django.urls import path

from meridian.steering.staffing.pages.changes import changes_page
from meridian.steering.staffing.pages.chart import chart_page
from meridian.steering.staffing.pages.gap import gap_page
from meridian.steering.staffing.pages.mapping import confirm, mapping_page
from meridian.steering.staffing.pages.table import table_page

urlpatterns = [
    path("table/", table_page, name="staffing-table"),
    path("chart/", chart_page, name="staffing-chart"),
    path("changes/", changes_page, name="staffing-changes"),
    path("gap/", gap_page, name="staffing-gap"),
    path("mapping/", mapping_page, name="staffing-mapping"),
    path("mapping/<int:key>/", confirm, name="staffing-confirm"),
]
