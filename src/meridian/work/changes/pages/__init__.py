"""The pages of changes that are made by hand."""

from django.urls import path

from meridian.work.changes.pages.schedule import schedule_page
from meridian.work.changes.pages.today import today

urlpatterns = [
    path("today/", today, name="changes-today"),
    path("schedule/", schedule_page, name="changes-schedule"),
]
