"""Writes the migration of what changed in the tables of one module: tools/run.py migration MODULE NAME

The name says what the change does, such as `add_deadline`. No database is asked.
"""

import re
import sys
import warnings

from django.apps import apps
from django.core.management import call_command


def main(arguments: list[str]) -> int:
    """Write it; exit code 2 with a sentence when the words are none."""
    module, name = (arguments + ["", ""])[:2]
    if module not in apps.app_configs or not re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", name):
        sys.stderr.write(
            "Say which module and what changes: make migration MODULE=surveys NAME=add_deadline\n"
            "MODULE is a folder of the house; NAME is a verb and its object, in small letters.\n"
        )
        return 2
    # Whether a database has older migrations is of no matter to what is written.
    warnings.filterwarnings("ignore", "Got an error checking a consistent migration history")
    call_command("makemigrations", module, name=name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
