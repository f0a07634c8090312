"""Verbs are served as their commands are written; what can't be read is a fault of the house."""

import datetime
import sys
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import models
from house.nouns import Region
from pydantic import ValidationError

from meridian.engine.api.schemas import writable
from meridian.engine.api.served import served_verbs
from meridian.engine.commands import command
from meridian.engine.policies import Actor
from meridian.engine.resources import Verb, resource_of, resources
from meridian.engine.resources.verb import check_verbs


@pytest.fixture
def region_verbs(monkeypatch):
    """Verbs given to the resource of regions for one test."""
    resource = resource_of(Region)
    registry = sys.modules["meridian.engine.commands.command"]
    monkeypatch.setattr(registry, "_commands", dict(registry._commands))

    def give(function: Any) -> Any:
        registry._commands.pop("places.region.polish", None)
        wrapped = command("places.region.polish", on=Region, target="row")(function)
        verbs = (Verb(wrapped, "Polish"),)
        check_verbs(Region, verbs)
        monkeypatch.setattr(resource, "verbs", verbs)
        return served_verbs(resource)

    return give


def test_inputs_become_a_schema_that_refuses_what_it_does_not_know(region_verbs):
    def polish(
        *, actor: Actor, row: Region, on: datetime.date, by: Region | None = None, marks: Mapping[str, str]
    ) -> Region:
        """Make it shine."""
        return row

    (verb,) = region_verbs(polish)
    assert (verb.verb.meaning, verb.verb.target, verb.needs_body) == ("Make it shine.", "row", True)
    assert verb.references == {"by": Region}
    document = verb.schema.model_json_schema()
    assert set(document["properties"]) == {"on", "by", "marks"}
    assert set(document["required"]) == {"on", "marks"}
    assert document["additionalProperties"] is False


def test_a_verb_without_inputs_asks_for_no_body(region_verbs):
    def polish(*, actor: Actor, row: Region) -> Region:
        """Make it shine."""
        return row

    assert region_verbs(polish)[0].schema is None


def test_a_command_that_says_too_little_of_itself_is_not_served(region_verbs):
    def untold(*, actor: Actor, row: Region) -> Region:
        return row

    with pytest.raises(TypeError, match="docstring"):
        region_verbs(untold)

    def vague(*, actor: Actor, row: Region, thing: Any) -> Region:
        """Make it shine."""
        return row

    with pytest.raises(TypeError, match="the type of thing"):
        region_verbs(vague)


def test_a_moment_without_its_zone_is_refused_for_every_field_of_every_resource():
    """Taken as UTC, it would be another moment than the one that was meant."""
    asked, taken = 0, []
    for resource in resources():
        schema = writable(resource, partial=True)
        for name in schema.model_fields:
            if isinstance(resource.field(name), models.DateTimeField):
                asked += 1
                assert schema.model_validate({name: "2026-03-29T02:30:00+01:00"})
                try:
                    schema.model_validate({name: "2026-03-29T02:30:00"})
                except ValidationError as refused:
                    said = refused.errors()
                    assert said[0]["loc"] == (name,)
                else:
                    taken.append((resource, name))
    assert asked > 2
    assert taken == []
