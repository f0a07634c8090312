"""What the benches of the desk stand on. Importing it makes Django ready, on a database of the bench's own.

The database lies in `var/bench/NAME`, NAME being the script that runs, unless MERIDIAN_VAR or DATABASE_URL
says otherwise.
"""

import os
import sys
from pathlib import Path

import django

PROJECT = Path(__file__).resolve().parents[2]

os.environ.setdefault("MERIDIAN_VAR", str(PROJECT / "var" / "bench" / Path(sys.argv[0]).stem))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meridian.site.settings")
django.setup()
