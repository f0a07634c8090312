"""No input is a fault of the program: every argument of every command, and every file that one reads."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from house.hostile import BODIES, FILE_NAMES, TEXTS, some

from meridian.site.cli import commands
from meridian.site.faults import fault_from

pytestmark = pytest.mark.django_db
# They serve, or work on whole databases, and take a number or the name of a host.
LONG = {"up", "web", "worker", "shell", "demo load"}
UNDECODABLE = "\udcff"
# The system hands no NUL over.
WORDS = tuple(word for word in (*TEXTS, *FILE_NAMES, UNDECODABLE) if "\0" not in word)


class Awake:
    """The root object of the command line, of a house whose database is up."""

    def prepare_database(self, **_options: Any) -> None:
        return None


def usual(parameter: click.Parameter, file: Path) -> str:
    """What a parameter takes without complaint."""
    kind = parameter.type
    if isinstance(kind, click.Path):
        return str(file.parent if not kind.file_okay else file)
    if isinstance(kind, click.Choice):
        return str(next(iter(kind.choices)))
    return "2026-03-02" if isinstance(kind, click.DateTime) else "1" if kind.name != "text" else "word"


def lines(command: click.Command, asked: click.Parameter, word: str, file: Path) -> list[str]:
    """Every parameter that is needed, and the one that is asked with the word."""
    options: list[str] = []
    arguments: list[str] = []
    for parameter in command.params:
        value = word if parameter is asked else usual(parameter, file) if parameter.required else None
        if value is not None and isinstance(parameter, click.Option):
            options += [parameter.opts[-1], value]
        elif value is not None:
            arguments.append(value)
    return [*options, "--", *arguments]


def tried() -> Iterator[tuple[str, click.Command, click.Parameter]]:
    for name, command in sorted(commands().items()):
        for parameter in command.params if name not in LONG else ():
            if not getattr(parameter, "is_flag", False):
                yield name, command, parameter


def fault_of(command: click.Command, words: list[str]) -> str:
    """What went wrong that no person can mend; empty where nothing did."""
    ended = CliRunner().invoke(command, words, obj=Awake()).exception
    if ended is None or isinstance(ended, SystemExit) or fault_from(ended) is not None:
        return ""
    return re.sub(r"(.)\1{50,}", r"\1…", f"{words}: {type(ended).__name__}: {ended}")[:500]


def test_every_argument_of_every_command_is_refused_in_words_or_understood(tmp_path, monkeypatch):
    folder = tmp_path / "a" / "b" / "c"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    file = folder / "file.json"
    file.write_text("{}")
    faults = []
    for name, command, parameter in tried():
        for word in some(WORDS, 1, name, parameter.name):
            faults.append((name, fault_of(command, lines(command, parameter, word, file))))
    told = [f"{name}: {fault}" for name, fault in faults if fault]
    assert not told, f"{len(told)}:\n" + "\n".join(told)
    assert len(faults) > 50


def test_every_file_that_a_command_reads_is_refused_in_words(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "file.json"
    told = []
    for name, command, parameter in tried():
        if isinstance(parameter.type, click.Path) and parameter.type.file_okay and parameter.name != "out":
            for body in some(BODIES, 2, name, parameter.name):
                file.write_bytes(body)
                told.append(fault_of(command, lines(command, parameter, str(file), file)))
    assert not any(told), "\n".join(filter(None, told))
    assert len(told) > 20
