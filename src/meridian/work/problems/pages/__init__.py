"""The pages of problems that are made by hand."""

from django.urls import path

from meridian.work.problems.pages.today import today

urlpatterns = [
    path("today/", today, name="problems-today"),
]
