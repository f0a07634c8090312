"""One plan for all tests of the folder: it is frozen."""

import pytest

from meridian.site.demo.plan.build import build_plan
from meridian.site.demo.plan.rows import Plan


@pytest.fixture(scope="session")
def plan() -> Plan:
    return build_plan(7)
