"""Importing a file registers nothing: neither the order of imports nor a second time makes a difference."""

import json
import os
import subprocess
import sys

import pytest
from house.databases import PROJECT_FOLDER, VAR


@pytest.mark.parametrize("seed", [1, 2])
def test_importing_every_file_in_any_order_and_again_changes_nothing(seed):
    answer = subprocess.run(
        [sys.executable, PROJECT_FOLDER / "tests" / "house" / "importing.py", str(seed)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "meridian.site.settings", "MERIDIAN_VAR": str(VAR)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    told = json.loads(answer.stdout)
    assert told["files"] > told["again"] > 200
    assert told["once"] == told["twice"] == []
