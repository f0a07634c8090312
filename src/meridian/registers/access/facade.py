"""The door of accounts and rights for other modules."""

from meridian.registers.access.queries import account_ids_of, actors_named, holders_of

__all__ = ["account_ids_of", "actors_named", "holders_of"]
