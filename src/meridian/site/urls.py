"""The addresses of the house, gathered from the modules.

`urlpatterns` of a module's `pages` stand under `/NAME/`; a module may also give
`root_urlpatterns`, which stand at `/`.
"""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from meridian.engine.pages.entry import PUBLIC, needs
from meridian.engine.pages.urls import refuse_clashes, resource_urls
from meridian.site import discovery, health
from meridian.site.interface import AT, late


def _gathered() -> list[URLPattern | URLResolver]:
    patterns: list[URLPattern | URLResolver] = []
    for module, pages in discovery.import_rooms("pages"):
        patterns += getattr(pages, "root_urlpatterns", [])
        if hasattr(pages, "urlpatterns"):
            patterns.append(path(f"{module.name}/", include(pages)))
    patterns += [
        path("i18n/setlang/", needs(PUBLIC)(set_language), name="set_language"),
        path("health", needs(PUBLIC)(health.health)),
        path("ready", needs(PUBLIC)(health.ready)),
    ]
    generated = resource_urls()
    refuse_clashes(patterns, generated)
    return [*patterns, late(AT), *generated]


handler400 = "meridian.site.refusals.unread"
handler404 = "meridian.site.refusals.missing"
handler500 = "meridian.site.incidents.told"
urlpatterns = _gathered()
