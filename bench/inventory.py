"""How many reports a second discovery takes in: `python bench/inventory.py --out FILE`.

Reports of the size of a real laptop (31 kB, 60 rows of parts) for as many machines as asked, by the command:
first new, then the same a day later, then each with a changed value. Everything is taken back. Writes one
JSON object, with the load of the machine.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meridian.site.settings")
django.setup()

import orjson  # noqa: E402
from django.db import transaction  # noqa: E402

from meridian.engine.policies import system_actor  # noqa: E402
from meridian.holdings import discovery  # noqa: E402
from meridian.holdings.discovery.commands import Body, take_in  # noqa: E402
from meridian.holdings.discovery.models import Source  # noqa: E402
from meridian.site import database  # noqa: E402

EXAMPLE = Path(discovery.__file__).parent / "tests" / "data" / "computer_1.json"
MACHINES = 2_000
FULL_GOAL, UNCHANGED_GOAL = 100, 1_000


class TakenBack(Exception):
    """Ends the transaction without a trace."""


def reports(count: int, day: int, memory: int) -> Iterator[Body]:
    """A report of each machine on a day."""
    document = orjson.loads(EXAMPLE.read_bytes())
    content = document["content"]
    for number in range(count):
        document["deviceid"] = f"machine{number}-2018-07-09-09-07-13"
        content["accesslog"]["logdate"] = f"2020-06-{day:02d} 14:19:54"
        content["bios"]["ssn"] = f"BNCH{number:07d}"
        content["hardware"] |= {"uuid": f"4c4c4544-0034-3010-8048-{number:012d}", "memory": memory}
        content["hardware"]["name"] = f"machine{number}"
        for place, card in enumerate(content["networks"]):
            digits = f"{number:06d}"
            card["mac"] = f"44:85:{place:02d}:{digits[:2]}:{digits[2:4]}:{digits[4:]}"
        yield Body(f"{number}-{day}", orjson.dumps(document))


def measure(count: int) -> dict[str, object]:
    """Reports a second of each kind, by the clock and by this process's processor time."""
    actor, answer = system_actor("Bench"), {"machines": count}
    try:
        with transaction.atomic():
            source = Source.objects.get(code="glpi")
            for name, day, memory in (("new", 1, 8), ("unchanged", 2, 8), ("changed", 3, 16)):
                bodies = list(reports(count, day, memory))
                began, used = time.perf_counter(), time.process_time()
                taken = take_in(actor=actor, source=source, bodies=bodies)
                seconds, processor = time.perf_counter() - began, time.process_time() - used
                expected = {"new": "created"}.get(name, name)
                assert taken.count(expected) == count, taken.outcomes
                answer[name] = {
                    "a_second": round(count / seconds),
                    "a_second_of_processor": round(count / processor),
                }
            raise TakenBack
    except TakenBack:
        return answer


def main() -> None:
    """Measure, write, and fail where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--machines", type=int, default=MACHINES)
    given = parser.parse_args()
    database.prepare()
    answer = measure(given.machines) | {"load_average": round(os.getloadavg()[0], 1)}
    given.out.write_text(json.dumps(answer, indent=1) + "\n")
    sys.stdout.write(json.dumps(answer) + "\n")
    is_met = answer["new"]["a_second"] >= FULL_GOAL and answer["unchanged"]["a_second"] >= UNCHANGED_GOAL
    sys.exit(0 if is_met else 1)


if __name__ == "__main__":
    main()
