"""Rows of configuration items for tests: entries come with their rows."""

from typing import Any

from meridian.engine.records import reference
from meridian.holdings.configuration.models import ConfigurationItem
from meridian.holdings.configuration.queries import entry_of

Site = reference("places.Site")


def _entry(make: Any, _number: int, **_values: Any) -> ConfigurationItem:
    return entry_of(make(Site))


FACTORIES = {ConfigurationItem: _entry}
