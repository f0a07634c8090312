"""What is refused in words has one base and is told in one place for each door."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms

from meridian.engine.commands import Conflict, Refusal, Unpermitted, Unseen, Untimely
from meridian.engine.inputs.build import blame
from meridian.engine.listing.lookup import NotKnown
from meridian.engine.listing.parameters import NotUnderstood
from meridian.site import discovery
from meridian.site.faults import fault_from

# Where a kind becomes the page of its status.
# Agents of inventories know states of HTTP alone.
TRANSLATED = {"engine/pages/faults.py", "holdings/discovery/pages/agents.py"}
# A stale version is shown beside the one that was typed: its handler needs the row as it stands now.
SHOWN_APART = {"Conflict"}


def kinds(above: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for kind in above.__subclasses__():
        yield kind
        yield from kinds(kind)


def words_of(*nodes: ast.AST | None) -> set[str]:
    within = [found for node in nodes if node for found in ast.walk(node)]
    return {found.id for found in within if isinstance(found, ast.Name)}


def told_apart(path: Path) -> Iterator[str]:
    """Handlers that name a kind of refusal, or that ask a caught refusal for its kind or status."""
    names = {kind.__name__ for kind in kinds()} - SHOWN_APART
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ExceptHandler):
            continue
        named = (
            {found.id for found in ast.walk(node.type) if isinstance(found, ast.Name)} if node.type else set()
        )
        within = [found for line in node.body for found in ast.walk(line)]
        asked = {found.id for found in within if isinstance(found, ast.Name)} & names
        passed_on = len(node.body) == 1 and isinstance(node.body[0], ast.Raise) and node.body[0].exc is None
        if (
            named & names
            or ("Refusal" in named and (asked or len(named) > 1))
            or (named & SHOWN_APART and passed_on)
        ):
            yield f"{path.relative_to(discovery.HOUSE)}:{node.lineno}"


def test_no_handler_of_the_house_tells_kinds_of_refusals_apart():
    sources = [
        path for path in discovery.HOUSE.rglob("*.py") if not {"tests", "migrations"} & set(path.parts)
    ]
    found = [
        place
        for path in sources
        if path.relative_to(discovery.HOUSE).as_posix() not in TRANSLATED
        for place in told_apart(path)
    ]
    assert found == []


@pytest.mark.parametrize(
    "clause",
    [
        "except (Unseen, Unpermitted):\n    raise",
        "except Untimely as fault:\n    print(fault)",
        "except (Refusal, OSError) as fault:\n    print(fault)",
        "except Refusal as fault:\n    if isinstance(fault, Unseen):\n        raise",
        "except Conflict:\n    raise",
    ],
)
def test_a_handler_that_tells_them_apart_is_found(clause, monkeypatch, tmp_path):
    monkeypatch.setattr(discovery, "HOUSE", tmp_path)
    trespass = tmp_path / "page.py"
    trespass.write_text(f"try:\n    act()\n{clause}\n")
    assert list(told_apart(trespass)) == ["page.py:3"]


class Reason(forms.Form):
    reason = forms.CharField()


@pytest.mark.parametrize("kind", [Refusal, Untimely])
def test_a_form_tells_rules_and_states_whatever_the_field(kind):
    form = Reason({"reason": "x"})
    blame(form, kind("Too late.", "reason"))
    blame(form, kind("Nothing to do.", "unit"))
    assert form.errors == {"reason": ["Too late."], "__all__": ["Nothing to do."]}


@pytest.mark.parametrize("kind", [Unseen, Unpermitted])
def test_a_form_tells_rights_only_at_a_field_of_its_own(kind):
    form = Reason({"reason": "x"})
    blame(form, kind("Not yours.", "reason"))
    assert form.errors == {"reason": ["Not yours."]}
    with pytest.raises(kind, match="Not there"):
        blame(form, kind("Not there.", "unit"))


def test_a_stale_version_and_unknown_words_are_refusals_too():
    with pytest.raises(Conflict):
        Conflict("Changed meanwhile.", None).beside(("reason",))
    assert {NotKnown, NotUnderstood, Conflict} <= set(kinds())
    assert NotKnown("No such unit.").beside(()).status == 422


def test_the_shell_tells_any_refusal_with_its_field():
    told = fault_from(Unpermitted("Not yours to give.", "role"))
    assert told is not None
    assert told.message.startswith("role: Not yours to give.")
