"""What tests make of imported logs."""

from typing import Any

from meridian.work.histories.models import Intake

# The database holds to the control total.
FACTORIES: dict[Any, Any] = {Intake: {"read": 3, "loaded": 2, "quarantined": 1}}
