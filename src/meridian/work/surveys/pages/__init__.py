"""The pages of surveys, at `/surveys/`."""

from django.urls import path

from meridian.work.surveys.pages.call_backs import call_backs
from meridian.work.surveys.pages.campaigns import campaign
from meridian.work.surveys.pages.results import results

urlpatterns = [
    path("results/", results, name="surveys-results"),
    path("calling/", call_backs, name="surveys-call-backs"),
    path("results/<str:code>/", campaign, name="surveys-campaign"),
]
