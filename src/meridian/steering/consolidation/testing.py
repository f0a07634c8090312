"""Plans in tests: a dataset is known by the hash of its content."""

from meridian.steering.consolidation.models import Override, PlanningDataset
from meridian.steering.consolidation.rules import fingerprint

FACTORIES = {PlanningDataset: {"content_hash": fingerprint({})}, Override: {"value": 1}}
