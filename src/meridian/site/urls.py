"""The addresses of the house, gathered from the modules.

`urlpatterns` of a module's `pages` stand under `/NAME/`; a module may also give
`root_urlpatterns`, which stand at `/`.
"""

from django.urls import URLPattern, URLResolver, include, path

from meridian.engine.api.endpoints import build_api
from meridian.engine.pages.urls import resource_urls
from meridian.site import discovery, health


def _gathered() -> list[URLPattern | URLResolver]:
    patterns: list[URLPattern | URLResolver] = []
    for module, pages in discovery.import_rooms("pages"):
        patterns += getattr(pages, "root_urlpatterns", [])
        if hasattr(pages, "urlpatterns"):
            patterns.append(path(f"{module.name}/", include(pages)))
    # Hand-made pages come first: a module may answer at the address of a generated one.
    patterns += [path("i18n/", include("django.conf.urls.i18n")), path("api/", build_api().urls)]
    patterns += [path("health", health.health), path("ready", health.ready)]
    return [*patterns, *resource_urls()]


urlpatterns = _gathered()
