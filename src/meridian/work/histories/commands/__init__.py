"""Every write of the incident log."""

from meridian.work.histories.commands.importing import digest_of, import_log, make_findable

__all__ = ["digest_of", "import_log", "make_findable"]
