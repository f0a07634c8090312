"""The hand-made pages of budgets: the grid of a version, and a proposal with its review."""

from django.urls import path

from meridian.steering.budgets.pages.grid import act, versions

urlpatterns = [
    path("", versions, name="budgets-home"),
    path("budget-versions/<int:key>/do/<slug:verb>/", act, name="budgets-act"),
]
