"""Search from the shell."""

import click

from meridian.engine.console import needs_database
from meridian.engine.search.documents import searched
from meridian.engine.search.index import index_pending, rebuild
from meridian.kernel.console import json_option, print_json


@click.command()
@json_option
@needs_database
def rebuild_documents(as_json: bool) -> None:
    """Make all search documents anew."""
    counts = {}
    for resource in searched():
        counts[resource.model._meta.label_lower] = rebuild(resource)
        if not as_json:
            click.echo(f"{resource.model._meta.verbose_name_plural}: indexed", err=True)
    while index_pending():
        pass
    if as_json:
        print_json({"rows": counts})
    else:
        click.echo(f"{sum(counts.values()):,} rows can be found.")


VERBS = {"search rebuild": rebuild_documents}
