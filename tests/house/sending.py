"""What people send in files: a row as a line of one."""

import io
import json

from meridian.engine.exchange.values import headings, paths, written
from meridian.engine.resources import Resource


def as_line(resource: type[Resource], row, altered: bool = False) -> dict[str, str]:
    """The row as a line of a file; `altered` in every text that is not its key."""
    if not resource.file_fields():
        return {"nothing": "x"}
    values = resource.model._base_manager.filter(pk=row.pk).values_list(*paths(resource)).get()
    line = dict(zip(headings(resource), written(resource, values), strict=True))
    if altered:
        free = [
            name
            for name in line
            if name.endswith(".en") or name in ("name", "title", "reason", "description")
        ]
        line |= {name: "altered" for name in free if name != resource.key}
    return line


def as_file(lines: list[dict[str, str]]) -> io.BytesIO:
    file = io.BytesIO(json.dumps(lines).encode())
    file.name = "rows.json"
    return file
