"""Files made from the source at set-up and start: compiled catalogues and collected static files."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from meridian.site import discovery


def catalogues() -> list[Path]:
    """Every message catalogue (`.po`) of the house."""
    return sorted(
        place for folder in discovery.locale_folders() for place in folder.glob("*/LC_MESSAGES/*.po")
    )


def stale_catalogues() -> list[Path]:
    """The catalogues whose compiled form (`.mo`) is absent or older."""
    return [place for place in catalogues() if not _is_newer(place.with_suffix(".mo"), place)]


def compile_catalogues() -> int:
    """Compile what is stale, each in one step that no reader sees half-done; how many there were."""
    stale = stale_catalogues()
    for place in stale:
        with place.open("rb") as source:
            catalogue = read_po(source, locale=place.parent.parent.name)
        new = place.with_suffix(".mo.new")
        with new.open("wb") as target:
            write_mo(target, catalogue)
        new.replace(place.with_suffix(".mo"))
    return len(stale)


def collect_static() -> None:
    """Collect, name by content and compress the static files, unless none has changed."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    sources = [
        Path(storage.path(name))
        for finder in get_finders()
        for name, storage in finder.list(ignore_patterns=None)
    ]
    mark = Path(settings.STATIC_ROOT) / ".sources"
    listing = "\n".join(sorted(f"{source} {source.stat().st_mtime_ns}" for source in sources))
    if manifest.is_file() and mark.is_file() and mark.read_text() == listing:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(listing)


def prepare() -> None:
    """All of it; quick when nothing has changed."""
    compile_catalogues()
    collect_static()


def _is_newer(made: Path, source: Path) -> bool:
    return made.is_file() and made.stat().st_mtime_ns >= source.stat().st_mtime_ns
