"""What is written and attached follows into the place of backups."""

from meridian.engine.recovery.following import follow
from meridian.engine.recovery.house import this_house


def follow_backup(timestamp: int) -> None:
    """Put into the place what was written and attached since the last time, once backups are taken.

    While a backup is taken it does so itself.
    """
    house = this_house()
    with house.alone(waits=False) as is_alone:
        if is_alone and house.place_file.exists():
            follow(house)
