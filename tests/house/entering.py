"""Lets a browser in with the session of an account, as if it had signed in."""

from django.conf import settings
from playwright.sync_api import Page

from house.actors import signed_in
from meridian.registers.access.models import Account


def let_in(page: Page, account: Account, address: str) -> None:
    """Give the page's browser a session of the account for the house at `address`."""
    key = signed_in(account).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address}])
