"""The tree of all commands; its overview is read from the source, so `meridian --help` answers at once."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from meridian.site import discovery

SUMMARY = "Runs the ICT of an organisation that spans the world."
OWN_FILES = ("verbs", "up", "doctor", "web", "conformance")
ROOMS = ("verbs", "cli")


def overview() -> click.Group:
    """Every command with its help, and nothing behind it."""
    site = discovery.HOUSE / "site"
    files = [site / f"{name}.py" for name in OWN_FILES]
    rooms = [module.folder / room for module in discovery.modules() for room in ROOMS]
    files += [file for room in rooms for file in (room.with_suffix(".py"), room / "__init__.py")]
    return build({name: command for file in files if file.is_file() for name, command in _told(file)})


def _told(file: Path) -> Iterator[tuple[str, click.Command]]:
    """The commands that a file maps from their full names, with the first words of their functions."""
    body = ast.parse(file.read_text(encoding="utf-8")).body
    # The functions of a room that is a folder stand in the files beside.
    beside = sorted(file.parent.glob("*.py")) if file.stem == "__init__" else [file]
    functions = [node for one in beside for node in ast.parse(one.read_text(encoding="utf-8")).body]
    helps = {node.name: ast.get_docstring(node) for node in functions if isinstance(node, ast.FunctionDef)}
    for node in body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        value = getattr(node, "value", None)
        if isinstance(value, ast.Dict) and any(getattr(target, "id", "") == "VERBS" for target in targets):
            for key, command in zip(value.keys, value.values, strict=True):
                if isinstance(key, ast.Constant):
                    name = str(key.value)
                    yield name, click.Command(name, help=helps.get(getattr(command, "id", "")))


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
    elif not isinstance(child, click.Group):
        child = _alone_too(name, child)
    group.add_command(child)
    return child


def _alone_too(name: str, command: click.Command) -> click.Group:
    """A command that has others below it: `meridian backup` beside `meridian backup verify`."""

    @click.pass_context
    def alone(context: click.Context, **given: object) -> None:
        if context.invoked_subcommand is None:
            context.invoke(command, **given)

    return click.Group(
        name, callback=alone, params=command.params, help=command.help, invoke_without_command=True
    )
