"""The ledger from the shell."""

from pathlib import Path

import click

from meridian.engine.console import needs_database
from meridian.kernel.console import Fault
from meridian.registers.ledger import queries
from meridian.registers.ledger.rules import beancount_lines


@click.command("ledger")
@click.option("--format", "form", type=click.Choice(["beancount"]), default="beancount", show_default=True)
@click.option("--book", help="The code of a book; without it, all of them one after the other.")
@click.option("--out", type=click.Path(path_type=Path), help="Write to this file instead of standard output.")
@needs_database
def export_ledger(form: str, book: str | None, out: Path | None) -> None:
    """Export books of the ledger as a file that Beancount checks and balances."""
    known = queries.book_codes()
    if book and book not in known:
        raise Fault(f"There is no book {book}.", f"The books are {', '.join(known)}.")
    postings = queries.written_postings([book] if book else known)
    lines = beancount_lines(postings, book or "Meridian")
    if not out:
        for line in lines:
            click.echo(line)
        return
    with out.open("w", encoding="utf-8") as target:
        target.writelines(f"{line}\n" for line in lines)
    click.echo(f"Wrote {out}.", err=True)


VERBS: dict[str, click.Command] = {"export ledger": export_ledger}
