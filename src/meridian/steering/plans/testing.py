"""Plans in tests: a dataset is known by the hash of its content."""

from meridian.steering.plans.models import Override, PlanningDataset
from meridian.steering.plans.rules import fingerprint

FACTORIES = {PlanningDataset: {"content_hash": fingerprint({})}, Override: {"value": 1}}
