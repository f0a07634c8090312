"""What every command of the shell shares: faults a person can mend, and JSON output."""

import json
from collections.abc import Iterable
from typing import Any

import click

from meridian.kernel.words import near


class Fault(click.ClickException):
    """A fault that a person can mend: one sentence, and what to do about it.

    Printed as `sentence mend` on standard error; the command ends with exit code 1.
    """

    def __init__(self, sentence: str, mend: str = "") -> None:
        super().__init__(f"{sentence} {mend}".strip())
        self.sentence = sentence
        self.mend = mend


def not_known(what: str, name: str, known: Iterable[str]) -> Fault:
    """The fault of a name that isn't known, with the near ones, else with all that are."""
    names = sorted(known)
    suggested = near(name, names)
    mend = f"Did you mean {' or '.join(suggested)}?" if suggested else f"There are: {', '.join(names)}."
    return Fault(f"There is no {what} {name}.", mend)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def print_json(value: Any) -> None:
    """Print `value` as one JSON document; Decimals and dates as strings are the caller's choice."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
