"""Commands of the shell on knowledge."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from django.utils import timezone

from meridian.engine.console import needs_database
from meridian.engine.policies import system_actor
from meridian.engine.records import reference
from meridian.kernel.console import Fault, json_option, print_json
from meridian.kernel.words import near
from meridian.work.knowledge.queries.bundles import files_of, is_article, languages_of, page_of_gone
from meridian.work.knowledge.rules.bundles import MANIFEST, difference, digest, is_lawful

MEND = "Give the manifest.json of the bundle that the site has."


@click.command("bundle")
@click.option("--site", "code", required=True, help="The code of the site.")
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path), help="The folder to write.")
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    help="The manifest that the site has: only what differs from it is written.",
)
@json_option
@needs_database
def bundle(code: str, folder: Path, since: Path | None, *, as_json: bool) -> None:
    """Write what everybody of a site may read as pages that open from a disk and print.

    What the folder has already is not written again: a run that was interrupted goes on, and a later one
    renews. What was withdrawn is taken away; into a difference goes a page that says so, to be copied over
    the old one. The manifest is written last.
    """
    site = _site(code)
    before = _files_in(since, code) if since else None
    files = files_of(system_actor("meridian knowledge bundle"), site)
    hashes = {path: digest(content) for path, content in files.items()}
    had = before if before is not None else _files_in(folder / MANIFEST, code, missing_is_empty=True)
    found = difference(had, hashes)
    wanted = found.changed if since else tuple(hashes)
    written = [path for path in wanted if _written(folder / path, files[path], hashes[path])]
    for path in found.removed:
        if since is None:
            (folder / path).unlink(missing_ok=True)
        elif is_article(path):
            _put(folder / path, page_of_gone(path))
    manifest = {
        "site": code,
        "languages": languages_of(site),
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "files": hashes,
        "removed": list(found.removed),
    }
    _put(folder / MANIFEST, json.dumps(manifest, indent=1, sort_keys=True).encode())
    answer = {
        "site": code,
        "languages": manifest["languages"],
        "files": len(hashes),
        "written": len(written),
        "written_bytes": sum(len(files[path]) for path in written),
        "removed": len(found.removed),
    }
    _tell(answer, folder, as_json=as_json)


def _tell(answer: Mapping[str, Any], folder: Path, *, as_json: bool) -> None:
    if as_json:
        print_json(answer)
        return
    click.echo(
        f"{answer['files']} files for {answer['site']}; {answer['written']} written"
        f" ({answer['written_bytes']:,} bytes), {answer['removed']} no longer needed."
    )
    click.echo(f"Begin with {folder / 'index.html'}.")


def _site(code: str) -> Any:
    sites = reference("places.Site").objects
    site = sites.select_related("duty_station").filter(code=code).first()
    if site is None:
        meant = near(code, sites.values_list("code", flat=True))
        raise Fault(
            f"There is no site {code}.", f"Near to it: {', '.join(meant)}." if meant else "Say its code."
        )
    return site


def _files_in(manifest: Path, code: str, *, missing_is_empty: bool = False) -> dict[str, str]:
    """The hashes of a manifest by path; a fault in words for a file that is none, or another site's."""
    if missing_is_empty and not manifest.exists():
        return {}
    try:
        told = json.loads(manifest.read_text(encoding="utf-8"))
        files = {str(path): str(found) for path, found in told["files"].items()}
    except OSError as fault:
        raise Fault(
            f"{manifest} can't be read.", "Give the manifest.json of the bundle at the site."
        ) from fault
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        raise Fault(
            f"{manifest} is no manifest of a bundle.", "Give the manifest.json of the bundle."
        ) from fault
    if told.get("site") != code:
        raise Fault(
            f"{manifest} is of {told.get('site')}, not of {code}.", "Choose another folder or manifest."
        )
    if unlawful := next((path for path in files if not is_lawful(path)), None):
        raise Fault(
            f"{manifest} names {unlawful!r}, which is outside of the bundle.", "Make the bundle anew."
        )
    return files


def _written(place: Path, content: bytes, wanted: str) -> bool:
    """Whether the file had to be written: not if it lies there already as it should be."""
    if place.exists() and digest(place.read_bytes()) == wanted:
        return False
    _put(place, content)
    return True


def _put(place: Path, content: bytes) -> None:
    """Write a file at once: whoever is interrupted leaves the old one or the new one."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished = place.with_name(f"{place.name}.part")
        unfinished.write_bytes(content)
        os.replace(unfinished, place)
    except OSError as fault:
        raise Fault(
            f"{place} can't be written: {fault.strerror}.", "Choose another folder with --to."
        ) from fault


VERBS = {"knowledge bundle": bundle}
