"""Every write of logs."""

from meridian.work.histories.commands.importing import (
    digest_of,
    import_log,
    make_cases_findable,
    make_findable,
)
from meridian.work.histories.commands.taking_in import Taken, check_log, take_in

__all__ = ["Taken", "check_log", "digest_of", "import_log", "make_cases_findable", "make_findable", "take_in"]
