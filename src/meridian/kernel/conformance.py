"""How far a system agrees with something from outside, such as published figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Held:
    """What a suite found: how many checks agree, which don't, and differences known and explained."""

    passed: int = 0
    failures: list[str] = field(default_factory=list)
    known_differences: list[str] = field(default_factory=list)

    def compare(self, what: str, expected: Mapping[str, Any], found: Mapping[str, Any]) -> None:
        """One check for each name of `expected`."""
        for name, value in expected.items():
            if found.get(name) == value:
                self.passed += 1
            else:
                self.failures.append(f"{what}: {name} is {found.get(name)} instead of {value}")
