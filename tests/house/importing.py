"""A process that imports every file of the house, then those of its modules again, and prints what changed.

python tests/house/importing.py SEED
"""

import importlib
import json
import random
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

from procrastinate.contrib.django import app  # noqa: E402

from meridian.engine.commands import commands  # noqa: E402
from meridian.engine.events import catalogue  # noqa: E402
from meridian.engine.modules.registry import jobs, taken_in  # noqa: E402
from meridian.engine.policies import policy_of  # noqa: E402
from meridian.engine.resources import resources  # noqa: E402
from meridian.engine.tables.catalogue import loaders, printed_tables  # noqa: E402
from meridian.site import discovery  # noqa: E402

# Django and its templates know each of these once.
KEPT = {"models", "migrations", "tests", "testing", "templatetags"}


def known() -> dict[str, Any]:
    """What the house knows, by names."""
    return {
        "modules": [(package, repr(module)) for package, module in taken_in()],
        "resources": [(repr(found), type(policy_of(found.model)).__qualname__) for found in resources()],
        "commands": sorted(commands()),
        "events": catalogue(),
        "jobs": sorted(jobs()),
        "tasks": sorted(app.tasks),
        "tables": sorted(printed_tables()),
        "loaders": [name for name, _function in loaders()],
    }


def files(*left_out: str) -> list[str]:
    """The dotted names of the files of modules, those of some floors left out."""
    places = [
        path.relative_to(discovery.HOUSE).with_suffix("")
        for module in discovery.modules()
        if module.floor not in left_out
        for path in module.folder.rglob("*.py")
    ]
    return [".".join(("meridian", *place.parts)) for place in places if not KEPT & set(place.parts)]


def again(name: str) -> None:
    """Import a file once more."""
    importlib.reload(sys.modules[name])


def differences(before: dict[str, Any]) -> list[str]:
    """What is known otherwise than before."""
    after = known()
    return [name for name, value in before.items() if after[name] != value]


def main(seed: int) -> None:
    """Import all in an order made from `seed`, then again what stands above the engine."""
    before = known()
    everything = [name.removesuffix(".__init__") for name in files()]
    modules = [name for name in files("engine", "solvers", "site") if not name.endswith("__init__")]
    order = random.Random(seed)
    order.shuffle(everything)
    order.shuffle(modules)
    for name in everything:
        importlib.import_module(name)
    first = differences(before)
    for name in modules:
        again(name)
    told = {"files": len(everything), "again": len(modules), "once": first, "twice": differences(before)}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main(int(sys.argv[1]))
