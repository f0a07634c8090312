"""Units in tests: a path needs the command."""

from meridian.engine.policies import system_actor
from meridian.registers.organisation.commands import add_unit
from meridian.registers.organisation.models import Unit


def make_unit(make, number, **values):
    given = {"code": f"UNIT{number}", "name": {"en": f"Unit {number}"}, "starts_on": "2020-01-01"} | values
    return add_unit(actor=system_actor("tests"), **given)


FACTORIES = {Unit: make_unit}
