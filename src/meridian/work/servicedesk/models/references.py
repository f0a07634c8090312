"""Tables of lower floors that items refer to, reached through the references."""

from meridian.engine.records import reference

ConfigurationItem = reference("configuration.ConfigurationItem")
Person = reference("people.Person")
DutyStation = reference("places.DutyStation")
Site = reference("places.Site")
