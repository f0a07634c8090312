"""Shipped logs of other desks, read by their shipped mappings, against the counts that came with them."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from meridian.kernel.conformance import Held
from meridian.kernel.event_logs.files import name_of, opened
from meridian.kernel.event_logs.logs import read_lines_of
from meridian.kernel.event_logs.mapping import read_mapping
from meridian.kernel.event_logs.spill import PARTS, Spill
from meridian.work.histories.rules.cases import in_cases

HERE = Path(__file__).parent
MAPPINGS = HERE.parent / "mappings"
LOGS = {
    "helpdesk_italian.csv.xz": "helpdesk-italian",
    "running-example.xes": "running-example",
    "roadtraffic100traces.xes.xz": "road-traffic",
}


def event_logs() -> Held:
    """Cases, events, and how often each activity occurs, log by log."""
    expected, held = json.loads((HERE / "expected.json").read_text(encoding="utf-8")), Held()
    for file, mapping in LOGS.items():
        published = expected[name_of(Path(file))]
        wanted = {name: published[name] for name in ("cases", "events")} | published["activities"]
        held.compare(file, wanted, counted(HERE / file, MAPPINGS / f"{mapping}.yaml"))
    return held


def counted(file: Path, mapping_file: Path) -> dict[str, Any]:
    """Cases and events of a log, and how many events each of its own states has."""
    mapping, cases, states = read_mapping(mapping_file), 0, Counter[str]()
    with Spill() as spill:
        with opened(file) as log:
            spill.read(read_lines_of(log, mapping, file.name), mapping)
        for part in range(PARTS):
            for steps in in_cases(spill.steps(part)):
                cases += 1
                states.update(step.source_state for step in steps)
    return {"cases": cases, "events": states.total()} | states
