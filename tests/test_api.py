"""The REST interface, served as in earnest, holds to its own document whatever it is sent, and by whom.

In a soak everybody asks everything; otherwise the operator does, and each of the others a share.
"""

from typing import Any

import pytest
import schemathesis
from house.actors import Stage, stage
from house.factory import make
from house.hostile import IS_SOAK
from house.shares import some_by
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from meridian.engine.resources import resources
from meridian.registers.access.models import Account, Holding, Role, Token
from meridian.registers.access.rules import digest_of, new_secret
from meridian.registers.organisation.models import Unit
from meridian.site.demo.roles import ROLES

CHECKS = (not_a_server_error, status_code_conformance, response_schema_conformance)
# Who asks: the role, whether in one unit alone, and the scope of the token.
ASKERS: dict[str, tuple[str, bool, list[str]]] = {
    "operator": ("operator", False, ["*"]),
    "staff": ("", False, ["*"]),
    "agent": ("agent", False, ["*"]),
    "chief": ("chief", True, ["*"]),
    "budget": ("budget", False, ["*"]),
    "scoped": ("operator", False, ["servicedesk.*.view", "places.site"]),
}
Headers = dict[str, str]


def examples(who: str) -> settings:
    """The same ones at each run."""
    count = 5 if IS_SOAK else 3 if who == "operator" else 1
    return settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def bearer_of(house: Stage, who: str) -> Headers:
    """The header of one asker's token."""
    code, is_local, scopes = ASKERS[who]
    account = make(Account, username=f"asker-{who}")
    if code:
        permissions = ["*"] if code == "operator" else list(ROLES[code][1])
        role = make(Role, code=f"asker-{who}", permissions=permissions)
        unit = house.here if is_local else None
        make(Holding, account=account, role=role, unit=unit, starts_at="2020-01-01T00:00Z")
    secret = new_secret()
    make(Token, account=account, digest=digest_of(secret), scopes=scopes)
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
def bearers(seeded) -> dict[str, Headers]:
    """Everybody's header; every list has a row."""
    house = stage()
    for resource in resources():
        if resource.api_fields("r"):
            make(resource.model, {Unit: house.here})
    return {who: bearer_of(house, who) for who in ASKERS}


def faults_of(operation: Any, who: str, headers: Headers) -> list[str]:
    @seed(0)
    @examples(who)
    @given(case=operation.as_strategy())
    def holds(case):
        case.call_and_validate(headers=headers, checks=CHECKS)

    try:
        holds()
    except (Failure, FailureGroup, ExceptionGroup) as fault:
        return [f"{who}: {operation.label}: {fault}"]
    return []


def room_of(operation: Any) -> str:
    return (*operation.path.removeprefix("/api").split("/"), "")[1]


def test_no_answer_is_a_fault_or_undocumented(served_house, bearers):
    address = f"{served_house}/api/openapi.json"
    document = schemathesis.openapi.from_url(address, headers=bearers["operator"], timeout=120)
    operations = [found.ok() for found in document.get_all_operations()]
    others = [who for who in ASKERS if who != "operator"]
    faults: list[str] = []
    for number, operation in enumerate(some_by(operations, "operations", room_of)):
        askers = list(ASKERS) if IS_SOAK else ["operator", others[number % len(others)]]
        for who in askers:
            faults += faults_of(operation, who, bearers[who])
    assert len(operations) > 100
    assert not faults, f"{len(faults)}:\n" + "\n\n".join(faults)[:30_000]
