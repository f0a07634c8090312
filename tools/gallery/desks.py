"""Sample desks of the gallery: real places, invented work."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from meridian.insight.world.rules.marks import DeskMark

HERE = Path(__file__).parent
NAMES = json.loads((HERE / "place_names.json").read_text(encoding="utf-8"))
MOMENTS = {
    "": datetime(2026, 11, 20, 14, 32, tzinfo=UTC),
    "june-": datetime(2026, 6, 22, 6, 10, tzinfo=UTC),
    "dusk-": datetime(2026, 3, 20, 21, 5, tzinfo=UTC),
}


def state_at(local: datetime) -> str:
    """Open nine to six on weekdays, handing over in the last hour."""
    if local.weekday() > 4 or not 9 <= local.hour < 18:
        return "closed"
    return "handover" if local.hour == 17 else "open"


def desks_at(now: datetime, language: str) -> list[DeskMark]:
    """One mark for each desk of places.csv, with names in `language` where there are."""
    random = Random(7)
    desks = []
    with (HERE / "places.csv").open(encoding="utf-8") as lines:
        for place in csv.DictReader(lines, delimiter="|"):
            local = now.astimezone(ZoneInfo(place["zone"]))
            for index in range(int(place["desks"])):
                busy = 30 if index == 0 and int(place["desks"]) > 4 else 0
                waiting = max(0, int(random.gauss(11, 9))) + busy
                mark = DeskMark(
                    name=NAMES.get(language, {}).get(place["name"], place["name"]),
                    latitude=float(place["latitude"]),
                    longitude=float(place["longitude"]),
                    state=state_at(local),
                    waiting=waiting,
                    in_hand=waiting // 2 + 2,
                    place=place["name"],
                    url=f"/desks/{len(desks) + 1}/",
                    local_time=f"{local:%H:%M}",
                )
                desks.append(mark)
    return random.sample(desks, 131)
