"""Gathers the messages of every module into its catalogues, checks them and compiles them.

    tools/run.py i18n          update `<module>/locale/<language>/LC_MESSAGES/django.po`, check, compile
    tools/run.py i18n --check  write nothing; exit code 1 when a catalogue lacks anything, as no release may

A new message takes the translation that another module gave the same words. No program of
gettext is needed.
"""

import io
import re
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from meridian.site import discovery, files, messages

SOURCE_LANGUAGE = "en"
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
TEMPLATE_ENDINGS = {".html", ".txt"}
CHANGING_HEADERS = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Generated-By")


def rooms() -> Iterator[tuple[Path, list[Path]]]:
    """Every folder that holds catalogues, with the sources that belong to it."""
    owned = [module.folder for module in discovery.modules()]
    for folder in owned:
        yield folder, sorted(_sources(folder.rglob("*")))
    for floor in discovery.FLOORS:
        own = _sources((discovery.HOUSE / floor).glob("*.py"))
        # The kernel has no catalogues: what its faults say is translated on the floor above it.
        below = _sources((discovery.HOUSE / "kernel").rglob("*.py")) if floor == "engine" else ()
        yield discovery.HOUSE / floor, sorted([*own, *below])


def _sources(paths: Iterator[Path]) -> Iterator[Path]:
    for path in paths:
        is_source = path.suffix == ".py" or (path.suffix in TEMPLATE_ENDINGS and "templates" in path.parts)
        if path.is_file() and is_source and not {"tests", "migrations", "testing.py"} & set(path.parts):
            yield path


def gathered(sources: list[Path]) -> Catalog:
    """The messages of these files, as a catalogue without translations."""
    catalogue = Catalog(project="Meridian", charset="utf-8", fuzzy=False)
    for path in sources:
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # What is read as a program has no indentation that means anything.
            text = INDENTATION.sub("", templatize(text, origin=str(path)))
        place = path.relative_to(discovery.HOUSE).as_posix()
        found = extract("python", io.BytesIO(text.encode()), KEYWORDS, ("Translators:",))
        for _line, message, comments, context in found:
            catalogue.add(message, None, [(place, 0)], auto_comments=comments, context=context)
    return catalogue


def merged(template: Catalog, place: Path, language: str, memory: dict[object, object]) -> Catalog:
    """The catalogue at `place` with exactly the messages of `template`, its translations kept."""
    locale = to_locale(language)
    catalogue = Catalog(locale=locale, project="Meridian", charset="utf-8", fuzzy=False)
    if place.exists():
        with place.open("rb") as source:
            catalogue = read_po(source, locale=locale)
    # The catalogue takes the messages themselves: another language must not meet their translations.
    catalogue.update(deepcopy(template), no_fuzzy_matching=True, update_header_comment=False)
    catalogue.obsolete.clear()
    for message in catalogue:
        if message.id and not messages.is_translated(message):
            message.string = memory.get((message.context, message.id), message.string)
    return catalogue


def remembered(language: str) -> dict[object, object]:
    """Every translation that the house has into this language."""
    memory: dict[object, object] = {}
    for place in files.catalogues():
        if place.parent.parent.name == to_locale(language):
            with place.open("rb") as source:
                for message in read_po(source, locale=to_locale(language)):
                    if message.id and messages.is_translated(message):
                        memory.setdefault((message.context, message.id), message.string)
    return memory


def rendered(catalogue: Catalog) -> str:
    """The text of a catalogue, without the headers that change at every run."""
    catalogue.header_comment = "# Messages of Meridian."
    target = io.BytesIO()
    write_po(target, catalogue, width=100, sort_output=True, include_lineno=False)
    lines = target.getvalue().decode().splitlines(keepends=True)
    return "".join(
        line for line in lines if not line.startswith(tuple(f'"{name}' for name in CHANGING_HEADERS))
    )


def differences(*, write: bool) -> list[str]:
    """Bring every catalogue up to date, or say which are not."""
    found = []
    languages = [code for code, _name in settings.LANGUAGES if code != SOURCE_LANGUAGE]
    memories = {language: remembered(language) for language in languages}
    for folder, sources in rooms():
        template = gathered(sources)
        for language in languages:
            place = folder / "locale" / to_locale(language) / "LC_MESSAGES" / "django.po"
            if not len(template) and not place.exists():
                continue
            text = rendered(merged(template, place, language, memories[language]))
            if place.exists() and place.read_text(encoding="utf-8") == text:
                continue
            found.append(f"{place.relative_to(discovery.HOUSE)} is not up to date: run `make i18n`.")
            if write:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, encoding="utf-8")
    return found


def main() -> int:
    """Update, check and compile; or only check."""
    only_check = "--check" in sys.argv
    found = differences(write=not only_check)
    complaints = found if only_check else []
    complaints += messages.untranslated() + messages.mistranslated()
    if not only_check:
        files.compile_catalogues()
        sys.stdout.write(f"{len(found)} catalogues brought up to date.\n")
    sys.stdout.write("".join(f"{line}\n" for line in complaints))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
