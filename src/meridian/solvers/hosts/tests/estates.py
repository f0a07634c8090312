"""Small estates for tests, written as files, and a slow packer that tries every host for every workload."""

import json
from itertools import product
from pathlib import Path

from meridian.solvers.hosts.check import check_plan
from meridian.solvers.hosts.estate import read_estate
from meridian.solvers.hosts.plan import HostsPlan

EXAMPLE = Path(__file__).parent / "data" / "hosts.json"


def wave(start, length, height, rest=0.0):
    """168 numbers: `height` for `length` hours from `start` on every day."""
    busy = {(start + hour) % 24 for hour in range(length)}
    return [height if hour % 24 in busy else rest for hour in range(168)]


def fields(workloads, *, kinds=None, **more):
    """The fields of a small file: one resource by hour (cpu), one flat (memory)."""
    blade = {"name": "blade", "capacity": {"cpu": 10, "memory": 100}}
    return {"kinds": kinds or [blade], "workloads": workloads, **more}


def workload(name, hours, memory=1.0, **more):
    return {
        "name": name,
        "flat": {"memory": memory},
        "by_hour": [{"resource": "cpu", "hours": hours}],
        **more,
    }


def written(folder, value):
    path = Path(folder) / "hosts.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value))
    return path


def estate_of(folder, value):
    return read_estate(written(folder, value))


def random_fields(chance):
    """A tiny file with every rule that a few workloads can have; `chance` is a random.Random."""
    count = chance.randint(1, 5)
    names = [f"w{number}" for number in range(count)]
    kinds = [
        {
            "name": f"kind{number}",
            "domain": "AB"[number],
            "capacity": {"cpu": chance.choice([8, 10]), "memory": chance.choice([20, 30])},
            "count": chance.randint(1, 2),
            "cost": chance.choice([1, 1, 2, 5]),
        }
        for number in range(2)
    ]
    workloads = [
        workload(
            name,
            wave(chance.randrange(24), chance.randint(1, 20), chance.randint(1, 7), chance.choice([0, 0.5])),
            chance.randint(1, 12),
            **({"now": "kind0-1", "move_cost": chance.randint(0, 3)} if chance.random() < 0.3 else {}),
        )
        for name in names
    ]
    rules = {}
    for rule in ("apart", "together", "near", "spread"):
        if count > 1 and chance.random() < 0.3:
            rules[rule] = [{"workloads": chance.sample(names, 2)}]
    for each in rules.get("spread", ()):
        each["domains"] = 2
    return fields(workloads, kinds=kinds, headroom={"cpu": 0.1}, **rules)


def cheapest(estate):
    """The least cost over all ways to stand every workload on every host there is; None: no way is lawful."""
    hosts = [(kind, number) for kind, each in enumerate(estate.kinds) for number in range(each.count)]
    verdicts = (
        check_plan(estate, HostsPlan(chosen)) for chosen in product(hosts, repeat=len(estate.workloads))
    )
    return min((verdict.cost for verdict in verdicts if not verdict.violations), default=None)
