"""The `meridian` command: the verbs of the site and of every module, in one tree."""

import os
import sys
from typing import NoReturn

import click
import django

from meridian.site import conformance, database, discovery, doctor, faults, up, verbs, web
from meridian.site.overview import build


class House:
    """The root object of the command line: what commands may ask of the house."""

    def prepare_database(self, *, may_migrate: bool = False) -> None:
        """Start the embedded database when it is in use and asleep, and bring it up to date."""
        database.prepare(may_migrate=may_migrate)


def tree() -> click.Group:
    """The whole command line; Django must be set up."""
    return build(commands())


def commands() -> dict[str, click.Command]:
    """Every command by its full name."""
    found: dict[str, click.Command] = {
        **verbs.VERBS,
        **up.VERBS,
        **doctor.VERBS,
        **web.VERBS,
        **conformance.VERBS,
    }
    for room in ("verbs", "cli"):
        for full_name, command in _offered(room).items():
            if full_name in found:
                raise ValueError(f"two modules offer `meridian {full_name}`")
            found[full_name] = command
    return found


def _offered(room: str) -> dict[str, click.Command]:
    """The commands of every module's room: `verbs` need no Django, `cli` may use all of it."""
    return {
        full_name: command
        for _module, found in discovery.import_rooms(room)
        for full_name, command in found.VERBS.items()
    }


def _light(words: list[str]) -> click.Group | None:
    """The tree of the verbs that need no Django, when the asked one is among them.

    Setting Django up takes longer than many of them run.
    """
    offered = _offered("verbs")
    asked = any(words[: len(name.split())] == name.split() for name in offered)
    return build(offered) if asked else None


def main() -> None:
    """Run the command line; what a person can mend ends in one sentence and exit code 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meridian.site.settings")
    try:
        light = _light(sys.argv[1:])
        if light is None:
            django.setup()
        (light or tree())(obj=House())
    except click.ClickException as fault:
        _end(fault)
    except Exception as error:
        told = faults.fault_from(error)
        if told is None:
            raise
        _end(told)


def _end(fault: click.ClickException) -> NoReturn:
    fault.show()
    sys.exit(fault.exit_code)
