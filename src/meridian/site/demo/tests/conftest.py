"""One plan for all tests of the folder: it is frozen."""

import pytest

from meridian.site.demoplan.build import build_plan
from meridian.site.demoplan.rows import Plan


@pytest.fixture(scope="session")
def plan() -> Plan:
    return build_plan(7)
