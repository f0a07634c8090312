"""The `meridian` command: the verbs of the site and of every module, in one tree."""

import os
import sys
from collections.abc import Mapping
from typing import NoReturn

import click
import django

from meridian.site import database, discovery, doctor, faults, up, verbs

SUMMARY = "Runs the ICT of an organisation that spans the world."


class House:
    """The root object of the command line: what commands may ask of the house."""

    def prepare_database(self, *, may_migrate: bool = False) -> None:
        """Start the embedded database when it is in use and asleep, and bring it up to date."""
        database.prepare(may_migrate=may_migrate)


def build(commands: Mapping[str, click.Command]) -> click.Group:
    """The tree of groups and commands for full names such as `plan erlang`."""
    root = click.Group("meridian", help=SUMMARY, context_settings={"help_option_names": ["-h", "--help"]})
    for full_name in sorted(commands):
        *group_names, name = full_name.split()
        group = root
        for group_name in group_names:
            group = _subgroup(group, group_name)
        if name in group.commands:
            raise ValueError(f"two modules offer the command `meridian {full_name}`")
        group.add_command(commands[full_name], name)
    return root


def _subgroup(group: click.Group, name: str) -> click.Group:
    child = group.commands.get(name)
    if child is None:
        child = click.Group(name, help=f"Commands on {name}.")
        group.add_command(child)
    if not isinstance(child, click.Group):
        raise ValueError(f"`{name}` is both a command and a group of commands")
    return child


def tree() -> click.Group:
    """The whole command line; Django must be set up."""
    commands: dict[str, click.Command] = {**verbs.VERBS, **up.VERBS, **doctor.VERBS}
    for module, room in discovery.import_rooms("cli"):
        for full_name, command in room.VERBS.items():
            if full_name in commands:
                raise ValueError(f"{module.path} offers `meridian {full_name}`, which there is already")
            commands[full_name] = command
    return build(commands)


def main() -> None:
    """Run the command line; what a person can mend ends in one sentence and exit code 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meridian.site.settings")
    try:
        django.setup()
        tree()(obj=House())
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
