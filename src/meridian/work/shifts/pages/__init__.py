"""The pages of rosters."""

from django.urls import path

from meridian.work.shifts.pages.coverage import coverage_page
from meridian.work.shifts.pages.roster import roster

root_urlpatterns = [
    path("shifts/roster/", roster, name="roster"),
    path("shifts/coverage/", coverage_page, name="shifts-coverage"),
]
