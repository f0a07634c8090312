"""What the tests of commands stand on."""

import sys

import pytest


@pytest.fixture
def spare(monkeypatch) -> None:
    """Commands made by a test are forgotten after it."""
    # The package's attribute of the same name is the decorator.
    registry = sys.modules["meridian.engine.commands.command"]
    monkeypatch.setattr(registry, "_commands", dict(registry._commands))
