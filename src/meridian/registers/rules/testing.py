"""Rules in tests."""

from meridian.registers.rules.models import Edition

FACTORIES = {Edition: {"body": {"inputs": {}}}}
