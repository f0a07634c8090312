"""The hand-made pages of budgets: the grid of a version, and a proposal with its review."""

from django.urls import path

from meridian.steering.budgets.pages.grid import act, grid, versions
from meridian.steering.budgets.pages.proposal import proposal_page

urlpatterns = [
    path("", versions, name="budgets-home"),
    path("budget-versions/<int:key>/", grid, name="budgets-grid"),
    path("budget-versions/<int:key>/do/<slug:verb>/", act, name="budgets-act"),
    path("funding-proposals/<int:key>/", proposal_page, name="budgets-proposal"),
]
