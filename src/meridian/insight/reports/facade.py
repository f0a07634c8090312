"""The door of reports for the shell and for other modules."""

from meridian.insight.reports.commands import load_folder
from meridian.insight.reports.queries import dataset_of, datasets, latest_with, table_of

__all__ = ["dataset_of", "datasets", "latest_with", "load_folder", "table_of"]
