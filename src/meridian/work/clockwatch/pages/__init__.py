"""The pages of service levels: why something is due, what is due soon, and what was kept."""

from django.urls import path

from meridian.work.clockwatch.pages.near import near_page
from meridian.work.clockwatch.pages.report import report_page
from meridian.work.clockwatch.pages.why import why_page

urlpatterns = [
    path("why/<str:number>/", why_page, name="service-levels-why"),
    path("near/", near_page, name="service-levels-near"),
    path("report/", report_page, name="service-levels-report"),
]
