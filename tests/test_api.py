"""The REST interface, served as in earnest, holds to its own document whatever it is sent."""

import pytest
import schemathesis
from house.actors import stage
from house.factory import make
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from meridian.engine.resources import resources
from meridian.registers.access.models import Token
from meridian.registers.access.rules import digest_of, new_secret
from meridian.registers.organisation.models import Unit

CHECKS = (not_a_server_error, status_code_conformance, response_schema_conformance)
EXAMPLES = settings(max_examples=3, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def bearer(seeded) -> dict[str, str]:
    """The header of a token that may do everything; every list has a row."""
    house = stage()
    for resource in resources():
        if resource.api_fields("r"):
            make(resource.model, {Unit: house.here})
    secret = new_secret()
    make(Token, account=house.accounts["lord"], digest=digest_of(secret), scopes=["*"])
    return {"Authorization": f"Bearer {secret}"}


def test_no_answer_is_a_fault_or_undocumented(served_house, bearer):
    document = schemathesis.openapi.from_url(f"{served_house}/api/openapi.json", headers=bearer, timeout=120)
    asked, faults = 0, []
    for found in document.get_all_operations():
        operation = found.ok()

        @EXAMPLES
        @given(case=operation.as_strategy())
        def holds(case):
            case.call_and_validate(headers=bearer, checks=CHECKS)

        try:
            holds()
        except (Failure, FailureGroup, ExceptionGroup) as fault:
            faults.append(f"{operation.label}: {fault}")
        asked += 1
    assert asked > 100
    assert not faults, "\n\n".join(faults)[:20_000]
