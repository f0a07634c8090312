"""Render the gallery of the design system into build/gallery/, one page per language and theme.

    python tools/gallery/render.py

Serve it with: python -m http.server --bind 127.0.0.1 --directory build/gallery
"""

import os
import shutil
import sys
from pathlib import Path

import django
from django.template.loader import render_to_string
from django.utils import translation

HERE = Path(__file__).parent
OUT = HERE.parents[1] / "build/gallery"
STATIC = HERE.parents[1] / "src/meridian/engine/design/static"


def main() -> None:
    """Write the pages and copy the static files beside them."""
    sys.path.insert(0, str(HERE))
    os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
    django.setup()
    import samples  # the form classes need the settings above

    OUT.mkdir(parents=True, exist_ok=True)
    shutil.copytree(STATIC, OUT / "static", dirs_exist_ok=True)
    for language in ("en", "zh-hans", "ar"):
        for theme in ("light", "dark"):
            with translation.override(language):
                page = render_to_string("design/gallery.html", samples.context(language, theme))
                worlds = {when: samples.world(moment, language, theme) for when, moment in samples.MOMENTS.items()}
                views = {when: render_to_string("design/gallery_world.html", world) for when, world in worlds.items()}
            (OUT / f"{language}-{theme}.html").write_text(page, encoding="utf-8")
            for when, view in views.items():
                (OUT / f"world-{when}{language}-{theme}.html").write_text(view, encoding="utf-8")
    print(f"The gallery is in {OUT}")


if __name__ == "__main__":
    main()
