"""What the rooms below are given: an old desk's log for the demo organisation."""

from pathlib import Path

from meridian.engine.policies import Actor
from meridian.kernel.event_logs.mapping import read_mapping
from meridian.work.histories.commands import take_in
from meridian.work.histories.models import Log

ROOM = Path(__file__).parent
DEMO_LOG, DEMO_MAPPING = ROOM / "data/demo/logistics-base-2019.csv", ROOM / "mappings/logistics-base.yaml"


def take_in_demo(actor: Actor) -> None:
    """The desk that the logistics base kept in 2019, closed long ago, where no log stands yet."""
    if not Log.objects.exists():
        take_in(actor=actor, path=DEMO_LOG, mapping=read_mapping(DEMO_MAPPING))
