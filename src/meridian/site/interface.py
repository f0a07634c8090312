"""The REST interface at `/api/`, built for each module when an address of it is first asked.

To build all of it takes seconds and a hundred megabytes, which most processes never need. The document of
a module is a file, served at `/api/MODULE/openapi.json`; that of all is at `/api/openapi.json`.
"""

import functools
from typing import Any

from django.urls import URLResolver, path
from django.urls.resolvers import RoutePattern
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language

from meridian.engine.resources import resources
from meridian.site import discovery

AT = "api/"


class Late:
    """Patterns that are made when an address below theirs is first looked up; `module` none is the whole."""

    def __init__(self, module: str = "") -> None:
        self.module = module

    @functools.cached_property
    def urlpatterns(self) -> list[Any]:
        """What Django asks of a module of addresses."""
        if self.module:
            # Ninja and pydantic are for those processes that serve programs.
            from meridian.site.endpoints import of_module  # noqa: PLC0415

            return list(of_module(f"/{AT}{self.module}/", self.module).urls[0])
        from meridian.site import documents  # noqa: PLC0415

        return [
            path("openapi.json", documents.of_all),
            path("<slug:module>/openapi.json", documents.of_one),
            *(late(f"{module}/", module) for module in modules_served()),
        ]


class LateResolver(URLResolver):
    """Whoever turns a name into an address doesn't look in here, for that would make all patterns."""

    _namespace_dict: dict[Any, Any]
    _app_dict: dict[Any, Any]

    def _populate(self) -> None:
        language = get_language()
        for names in (self._reverse_dict, self._namespace_dict, self._app_dict):
            names[language] = MultiValueDict()


def late(route: str, module: str = "") -> URLResolver:
    """Addresses that are made late; nothing in the house names one of them."""
    namespace = f"api-{module}" if module else "api"
    patterns: Any = Late(module)
    return LateResolver(RoutePattern(route), patterns, None, namespace, namespace)


def modules_served() -> list[str]:
    """The modules that programs can ask."""
    return sorted({resource.module() for resource in resources()} | set(further()))


def further() -> dict[str, Any]:
    """The modules that give endpoints beside the generated ones: a `router` in `endpoints.py`."""
    rooms = discovery.import_rooms("endpoints")
    return {module.name: room.router for module, room in rooms if hasattr(room, "router")}
