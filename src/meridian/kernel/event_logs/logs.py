"""Reading a log in any of its formats."""

from collections.abc import Iterator

from meridian.kernel.event_logs.delimited import read_csv
from meridian.kernel.event_logs.files import LogFile
from meridian.kernel.event_logs.lines import Said
from meridian.kernel.event_logs.mapping import LogMapping
from meridian.kernel.event_logs.xes import read_xes


def read_lines_of(file: LogFile, mapping: LogMapping, name: str) -> Iterator[Said]:
    """Every line of the log, by the mapping's format."""
    reader = read_csv if mapping.format == "csv" else read_xes
    return reader(file, mapping, name)
