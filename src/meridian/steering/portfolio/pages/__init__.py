"""The pages of the portfolio; a proposal's own stands at the address of the generated one."""

from django.urls import path

from meridian.steering.portfolio.pages.portfolio import choose_page, home
from meridian.steering.portfolio.pages.spread import spread_page

urlpatterns = [
    path("overview/", home, name="portfolio-home"),
    path("choose/", choose_page, name="portfolio-choose"),
    path("proposals/<int:key>/spread/", spread_page, name="portfolio-spread"),
]
