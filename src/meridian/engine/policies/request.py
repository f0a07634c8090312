"""A request as the pages of the house get it."""

from django.http import HttpRequest

from meridian.engine.policies.actor import Actor


class Request(HttpRequest):
    """A request of which it is known who asks.

    `actor` is set before any page is asked. `zone_fault` says in words that the zone of the account
    is none, and is empty for all others.
    """

    actor: Actor
    zone_fault: str
