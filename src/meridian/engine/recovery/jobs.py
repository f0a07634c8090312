"""What is written and attached follows into the place of backups."""

from meridian.engine.recovery.following import follow
from meridian.engine.recovery.house import this_house


def follow_backup(timestamp: int) -> None:
    """Put into the place what was written and attached since the last time, once backups are taken."""
    house = this_house()
    if house.place_file.exists():
        follow(house)
