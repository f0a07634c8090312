"""The overview of commands, read from the source, says what the commands themselves say."""

import subprocess
import sys

import click
import pytest

from meridian.site import cli
from meridian.site.overview import overview


def told(group: click.Group) -> str:
    return group.get_help(click.Context(group, info_name="meridian"))


def named(group: click.Group, before: str = "") -> set[str]:
    return {
        found
        for name, command in group.commands.items()
        for found in (
            named(command, f"{before}{name} ") if isinstance(command, click.Group) else {f"{before}{name}"}
        )
    }


def test_the_overview_is_that_of_the_commands():
    assert told(overview()) == told(cli.tree())
    assert named(overview()) == named(cli.tree())


@pytest.mark.parametrize("words", [["--help"], ["-h"], []])
def test_asking_what_there_is_loads_no_django(words):
    program = (
        "import sys\n"
        "from meridian.__main__ import main\n"
        f"sys.argv = ['meridian', *{words}]\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass\n"
        "print('django.apps' in sys.modules, 'psycopg' in sys.modules)\n"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "Usage: meridian" in answer.stdout + answer.stderr
    assert answer.stdout.endswith("False False\n")
