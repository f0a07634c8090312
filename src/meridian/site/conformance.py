"""Holding the house's systems against what comes from outside: `meridian conformance`."""

import importlib
from typing import Any

import click

from meridian.kernel.conformance import Held
from meridian.kernel.console import Fault, json_option, print_json
from meridian.site import manifests


@click.command()
@json_option
def conformance(as_json: bool) -> None:
    """Run every suite of the modules against published figures and standards; needs no database."""
    suites = [
        _held(folder.path, suite) for folder, module in manifests.read() for suite in module.conformance
    ]
    failed = sum(suite["failed"] for suite in suites)
    if as_json:
        print_json({"suites": [{key: suite[key] for key in PRINTED} for suite in suites]})
    else:
        for suite in suites:
            passed = f"{suite['passed']} passed, {suite['failed']} failed"
            click.echo(f"{suite['system']}, {suite['suite']}: {passed}")
            for told in (*suite["failures"], *suite["known_differences"]):
                click.echo(f"  {told}")
    if failed:
        raise Fault(f"{failed} checks don't agree with what comes from outside.")


PRINTED = ("system", "suite", "passed", "failed", "known_differences")


def _held(package: str, suite: Any) -> dict[str, Any]:
    room, _dot, name = suite.by.rpartition(".")
    held: Held = getattr(importlib.import_module(f"{package}.{room}"), name)()
    return {
        "system": suite.system,
        "suite": suite.name,
        "passed": held.passed,
        "failed": len(held.failures),
        "failures": held.failures,
        "known_differences": held.known_differences,
    }


VERBS: dict[str, click.Command] = {"conformance": conformance}
