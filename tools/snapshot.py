"""Writes down what others rely upon, so that a change of it is a line that somebody reviews.

    tools/run.py snapshot          write `docs/modules/snapshots/`
    tools/run.py snapshot --check  write nothing; exit code 1 when a snapshot is not true any more

Addresses, rights, verbs with when they are offered, events and reactions, commands of the shell; and what
the REST interface serves as the documents of its modules, a file each in `docs/modules/rest/`.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from django.urls import get_resolver

from meridian.engine.events import catalogue
from meridian.engine.pages.entry import all_addresses, permission_of
from meridian.engine.policies.policy import describe, permission_code
from meridian.engine.resources import resources
from meridian.site import cli, documents

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "modules"


def addresses() -> Iterator[str]:
    """One line for each address: its name, and whom it lets in; the interface asks by itself."""
    for pattern in all_addresses(get_resolver().url_patterns):
        yield f"{pattern.whole}\t{pattern.name or ''}\t{permission_of(pattern.callback)}"


def rights() -> Iterator[str]:
    """One line for each model: whose unit counts, who may without a grant, and which verbs exist."""
    for resource in resources():
        policy = describe(resource.model)
        names = [verb for verb in ("add", "change", "remove") if getattr(resource, verb)]
        names += [verb.name for verb in resource.verbs]
        yield json.dumps({**policy, "verbs": sorted(names)}, sort_keys=True)


def verbs() -> Iterator[str]:
    """One line for each verb: its permission, when it is offered, how it is drawn, what it asks for."""
    for resource in resources():
        for verb in resource.verbs:
            facts = verb.command.facts
            marks = {"danger": verb.danger, "asks first": facts.irreversible, "bulk": verb.bulk}
            drawn = ", ".join(name for name, holds in marks.items() if holds)
            asked = ", ".join(argument.name for argument in verb.arguments)
            code = permission_code(resource.model, verb.action)
            yield f"{facts.name}\t{code}\t{verb.condition or 'always'}\t{drawn}\t{asked}"


def commands(group: click.Group, words: tuple[str, ...] = ("meridian",)) -> Iterator[str]:
    """One line for each command of the shell with its parameters."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, (*words, name))
        else:
            parameters = [parameter.opts[-1] for parameter in command.params]
            yield " ".join([*words, name, *parameters])


def snapshots() -> dict[str, str]:
    """The text of every snapshot by its file."""
    reactions = [f"{event}\t{', '.join(found)}" for event, found in catalogue()]
    listed = {
        "addresses.txt": _lines(sorted(set(addresses()))),
        "rights.txt": _lines(rights()),
        "verbs.txt": _lines(verbs()),
        "events.txt": _lines(reactions),
        "commands.txt": _lines(commands(cli.tree())),
    }
    rest = {f"rest/{name}": text for name, text in documents.texts().items()}
    return {f"snapshots/{name}": text for name, text in listed.items()} | rest


def _lines(lines: Iterator[str] | list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def differences(*, write: bool) -> list[str]:
    """The snapshots that are not true any more or of no module; mended when asked."""
    wanted = snapshots()
    written = [*FOLDER.glob("snapshots/*"), *FOLDER.glob("rest/*")]
    gone = [place for place in written if place.relative_to(FOLDER).as_posix() not in wanted]
    found = [place.relative_to(FOLDER).as_posix() for place in gone]
    for place in gone if write else ():
        place.unlink()
    for name, text in wanted.items():
        place = FOLDER / name
        if place.is_file() and place.read_text(encoding="utf-8") == text:
            continue
        found.append(name)
        if write:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
    return found


def main() -> int:
    """Write, or only check."""
    only_check = "--check" in sys.argv
    for name in (found := differences(write=not only_check)):
        sys.stdout.write(f"{name} {'is not true any more' if only_check else 'is written anew'}.\n")
    return 1 if only_check and found else 0


if __name__ == "__main__":
    sys.exit(main())
