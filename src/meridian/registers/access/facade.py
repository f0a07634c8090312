"""The door of accounts and rights for other modules, and of who asks for the site."""

from meridian.registers.access.network import client_address, network_of
from meridian.registers.access.queries import (
    account_ids_of,
    actor_of_token,
    actors_named,
    holders_of,
    nearest_of_kind,
    people_of,
)

__all__ = [
    "account_ids_of",
    "actor_of_token",
    "actors_named",
    "client_address",
    "holders_of",
    "nearest_of_kind",
    "network_of",
    "people_of",
]
