"""Runs a tool that asks the house about itself: tools/run.py snapshot [--check]

Django is made ready first, so that the tool may import whatever it likes.
"""

import os
import runpy
import sys
from pathlib import Path

import django


def main() -> None:
    """Run the tool named first with the words that follow."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meridian.site.settings")
    django.setup()
    place = Path(__file__).with_name(f"{sys.argv[1]}.py")
    sys.argv = [str(place), *sys.argv[2:]]
    runpy.run_path(str(place), run_name="__main__")


if __name__ == "__main__":
    main()
