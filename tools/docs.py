"""Writes the pages on modules from the modules themselves, and checks the links of all pages.

tools/docs.py          write `docs/modules/`, check links
tools/docs.py --check  write nothing; exit code 1 when a page is not true or a link leads nowhere
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import override

from meridian.engine.modules.registry import modules
from meridian.engine.resources import Resource, resources
from meridian.site import discovery

PROJECT_FOLDER = Path(__file__).resolve().parent.parent
FOLDER = PROJECT_FOLDER / "docs" / "modules"
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


def pages() -> dict[str, str]:
    """The text of every page by its file's name."""
    found = {}
    lines = ["# Modules", "", "Written by `make docs`.", "", "| floor | module | leans on | registers |"]
    lines.append("|---|---|---|---|")
    for folder, room in discovery.import_rooms("module"):
        own = [resource for resource in resources() if resource.module() == folder.name]
        nouns = ", ".join(str(resource.model._meta.verbose_name_plural) for resource in own)
        leans = ", ".join(room.MODULE.leans_on)
        lines.append(f"| {folder.floor} | [{room.MODULE.title}]({folder.name}.md) | {leans} | {nouns} |")
        found[f"{folder.name}.md"] = _page(folder, str(room.MODULE.title), own)
    lines += ["", "Solvers have neither rows nor manifests:", ""]
    for folder in discovery.modules():
        if folder.floor == "solvers":
            readme = f"src/meridian/solvers/{folder.name}/README.md"
            about = (PROJECT_FOLDER / readme).read_text(encoding="utf-8").split("\n\n")[1]
            lines.append(f"* [{folder.name}](../../{readme}): {' '.join(about.split())}")
    found["README.md"] = _text(lines)
    found["../systems.md"] = _text(list(_systems()))
    return found


def _systems() -> Iterator[str]:
    """The systems that modules say they are, and what each can't do yet."""
    yield from ("# Systems", "", "Written by `make docs` from the manifests.", "")
    yield "| system | module | pages | commands | proof | not there yet |"
    yield "|---|---|---|---|---|---|"
    rows = [(system, module) for module in modules() for system in module.systems]
    for system, module in sorted(rows, key=lambda row: row[0].name):
        pages = ", ".join(f"`{page}`" for page in system.pages) or "none"
        commands = ", ".join(f"`meridian {name}`" for name in system.commands) or "none"
        proof = f"`{system.proof}`" if system.proof else "none"
        link = f"[{module.title}](modules/{module.name}.md)"
        yield f"| {system.name} | {link} | {pages} | {commands} | {proof} | {system.missing} |"


def _page(folder: discovery.ModuleFolder, title: str, own: list[type[Resource]]) -> str:
    readme = folder.folder / "README.md"
    lines = [
        f"# {title}",
        "",
        f"`{folder.path}`, on the floor of {folder.floor}. Written by `make docs`.",
        "",
    ]
    if readme.is_file():
        lines += [*readme.read_text(encoding="utf-8").split("\n", 1)[1].strip().splitlines(), ""]
    for resource in own:
        lines += _register(resource)
    return _text(lines)


def _register(resource: type[Resource]) -> Iterator[str]:
    options = resource.model._meta
    yield f"## {str(options.verbose_name_plural).capitalize()}"
    yield ""
    verbs = [verb for verb in ("add", "change", "remove") if getattr(resource, verb)]
    verbs += [verb.name for verb in resource.verbs]
    yield f"Key `{resource.key}`; verbs: {', '.join(verbs) or 'none'}."
    yield ""
    yield "| field | kind | column | filter | form | API | files | search |"
    yield "|---|---|---|---|---|---|---|---|"
    for row in resource.fields:
        kind = type(options.get_field(row.name)).__name__
        marks = ["yes" if mark else "" for mark in (row.column, row.filter, row.form)]
        cells = [f"`{row.name}`", kind, *marks, row.api, "yes" if row.io else "", row.search]
        yield f"| {' | '.join(str(cell or '') for cell in cells)} |"
    yield ""


def _text(lines: list[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


def differences(*, write: bool) -> list[str]:
    """The pages that are not true any more or belong to no module; mended when asked."""
    wanted = pages()
    gone = [place for place in FOLDER.glob("*.md") if place.name not in wanted]
    stale = [
        FOLDER / name
        for name, text in wanted.items()
        if not (FOLDER / name).is_file() or (FOLDER / name).read_text(encoding="utf-8") != text
    ]
    if write:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for place in gone:
            place.unlink()
        for place in stale:
            place.write_text(wanted[place.relative_to(FOLDER).as_posix()], encoding="utf-8")
    return [place.name for place in (*gone, *stale)]


def broken_links() -> list[str]:
    """A sentence for each link of a page that leads to no file."""
    found = []
    for page in [*PROJECT_FOLDER.glob("*.md"), *(PROJECT_FOLDER / "docs").rglob("*.md")]:
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                found.append(f"{page.relative_to(PROJECT_FOLDER)} links to {target}, which is not there.")
    return found


def main() -> int:
    """Write, or only check."""
    only_check = "--check" in sys.argv
    with override("en"):
        changed = differences(write=not only_check)
    complaints = broken_links()
    if only_check:
        complaints += [f"{name} is not true any more: run `make docs`." for name in changed]
    else:
        sys.stdout.write(f"{len(changed)} pages written.\n")
    sys.stdout.write("".join(f"{line}\n" for line in complaints))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
