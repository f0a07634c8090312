"""Proving the audit trail from the shell."""

import dataclasses
from pathlib import Path

import click
from django.conf import settings

from meridian.engine.audit import roots
from meridian.engine.audit.chain import Proof, verify_chain
from meridian.engine.audit.proof import Finding, compare, outside
from meridian.engine.console import needs_database
from meridian.kernel.console import json_option, print_json

SHOWN = 50


@click.command()
@click.option(
    "--against",
    "kept_in",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder or file of signed roots, or a mail that holds one; may be given several times. "
    "Without it, those of this house.",
)
@click.option("--key", help="The public key that signed them. Without it, that of this house.")
@json_option
@needs_database
@click.pass_context
def verify(context: click.Context, kept_in: tuple[Path, ...], key: str | None, as_json: bool) -> None:
    """Prove the audit trail: its hash chain, and what signed roots outside of the database hold.

    Names each entry that was altered, removed, cut off or forged; exit code 1 then. A trail that is
    whole gets a signed root.
    """
    proof = verify_chain()
    own = Path(settings.TRAIL_FOLDER)
    against = kept_in or ((own,) if own.is_dir() and any(own.iterdir()) else ())
    known = outside(against, key or roots.public_key())
    findings = compare(known) if against else []
    faulty = bool(findings) or proof.broken_entry is not None
    if not faulty and not kept_in:
        roots.anchor(everything=True)
    if as_json:
        told = {"roots": len(known.roots), "findings": [dataclasses.asdict(finding) for finding in findings]}
        print_json({**dataclasses.asdict(proof), **told})
    else:
        _tell(proof, findings, len(known.roots))
    if faulty:
        context.exit(1)


def _tell(proof: Proof, findings: list[Finding], root_count: int) -> None:
    if proof.broken_entry is not None:
        click.echo(f"The trail is broken at entry {proof.broken_entry}: {proof.reason}.", err=True)
    for finding in findings[:SHOWN]:
        click.echo(finding.told, err=True)
    if len(findings) > SHOWN:
        click.echo(f"{len(findings) - SHOWN:,} more findings: --json tells all of them.", err=True)
    if proof.broken_entry is None and not findings:
        waiting = f" {proof.waiting:,} wait for their seal." if proof.waiting else ""
        with_roots = f", as {root_count:,} signed roots say" if root_count else ""
        click.echo(f"{proof.entries:,} entries, all linked: the trail is whole{with_roots}.{waiting}")


VERBS = {"audit verify": verify}
