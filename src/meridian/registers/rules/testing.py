"""Rules in tests."""

from typing import Any

from meridian.registers.rules.models import Edition

FACTORIES: dict[Any, Any] = {Edition: {"body": {"inputs": {}}}}
