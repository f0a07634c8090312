"""Rows of other modules that commands take."""

from meridian.engine.records import reference

ConfigurationItem = reference("configuration.ConfigurationItem")
Person = reference("people.Person")
