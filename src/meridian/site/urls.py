"""The addresses of the house, gathered from the modules.

`urlpatterns` of a module's `pages` stand under `/NAME/`; a module may also give
`root_urlpatterns`, which stand at `/`.
"""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language
from ninja import NinjaAPI

from meridian.engine.api.endpoints import build_api
from meridian.engine.pages.entry import PUBLIC, needs
from meridian.engine.pages.urls import refuse_clashes, resource_urls
from meridian.site import discovery, health


def _interface() -> NinjaAPI:
    """The generated endpoints, and those of the modules that give a `router` in `endpoints.py`."""
    api = build_api()
    for module, endpoints in discovery.import_rooms("endpoints"):
        if hasattr(endpoints, "router"):
            api.add_router(f"/{module.name}", endpoints.router())
    return api


def _gathered() -> list[URLPattern | URLResolver]:
    patterns: list[URLPattern | URLResolver] = []
    for module, pages in discovery.import_rooms("pages"):
        patterns += getattr(pages, "root_urlpatterns", [])
        if hasattr(pages, "urlpatterns"):
            patterns.append(path(f"{module.name}/", include(pages)))
    patterns += [
        path("i18n/setlang/", needs(PUBLIC)(set_language), name="set_language"),
        path("api/", _interface().urls),
        path("health", needs(PUBLIC)(health.health)),
        path("ready", needs(PUBLIC)(health.ready)),
    ]
    generated = resource_urls()
    refuse_clashes(patterns, generated)
    return [*patterns, *generated]


handler500 = "meridian.site.incidents.told"
urlpatterns = _gathered()
