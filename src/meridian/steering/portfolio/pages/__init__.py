"""The pages of the portfolio; a proposal's own stands at the address of the generated one."""

from django.urls import path

from meridian.steering.portfolio.pages.portfolio import choose_page, home
from meridian.steering.portfolio.pages.proposal import gate, proposal_page
from meridian.steering.portfolio.pages.spread import spread_page

urlpatterns = [
    path("overview/", home, name="portfolio-home"),
    path("choose/", choose_page, name="portfolio-choose"),
    path("proposals/<int:key>/", proposal_page, name="portfolio-proposal-page"),
    path("proposals/<int:key>/spread/", spread_page, name="portfolio-spread"),
    path("proposals/<int:key>/gate/", gate, name="portfolio-gate"),
]
