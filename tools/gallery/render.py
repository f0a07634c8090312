"""Render the gallery of the design system into build/gallery/, one page per language and theme.

    python tools/gallery/render.py

Look at it with: python tools/gallery/shoot.py
"""

import os
import shutil
import sys
from pathlib import Path

import click
import django
import samples
from desks import MOMENTS
from django.template.loader import render_to_string
from django.utils import translation

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "build/gallery"
STATIC = HERE.parents[1] / "src/meridian/engine/design/static"
ERRORS = ("400", "403", "403_csrf", "404", "409", "429", "500")


def write(name: str, template: str, context: dict) -> None:
    """Render one page."""
    (OUT / f"{name}.html").write_text(render_to_string(template, context), encoding="utf-8")


def main() -> None:
    """Write the pages and copy the static files beside them."""
    sys.path.insert(0, str(HERE))
    os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
    django.setup()
    OUT.mkdir(parents=True, exist_ok=True)
    shutil.copytree(STATIC, OUT / "static", dirs_exist_ok=True)
    for error in ERRORS:
        write(f"error-{error}", f"{error}.html", {})
    for language in ("en", "zh-hans", "ar"):
        for theme in ("light", "dark"):
            with translation.override(language):
                write(f"{language}-{theme}", "design/gallery.html", samples.context(language, theme))
                for name, moment in MOMENTS.items():
                    page = f"world-{name}{language}-{theme}"
                    world = samples.world(moment, language, theme)
                    write(page, "design/gallery_world.html", world)
                    write(page.replace("world", "wall"), "design/gallery_wall.html", world)
    click.echo(f"The gallery is in {OUT}")


if __name__ == "__main__":
    main()
