"""Proving the audit trail from the shell."""

import dataclasses

import click

from meridian.engine.audit.chain import verify_chain
from meridian.engine.console import json_option, needs_database, print_json


@click.command()
@json_option
@needs_database
@click.pass_context
def verify(context: click.Context, as_json: bool) -> None:
    """Prove the hash chain of the audit trail; exit 1 names the first broken entry."""
    proof = verify_chain()
    if as_json:
        print_json(dataclasses.asdict(proof))
    elif proof.broken_entry is not None:
        click.echo(f"The trail is broken at entry {proof.broken_entry}: {proof.reason}.", err=True)
    else:
        waiting = f" {proof.waiting:,} wait for their seal." if proof.waiting else ""
        click.echo(f"{proof.entries:,} entries, all linked: the trail is whole.{waiting}")
    if proof.broken_entry is not None:
        context.exit(1)


VERBS = {"audit verify": verify}
