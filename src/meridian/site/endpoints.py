"""What stands at the addresses of the REST interface."""

from typing import Any

from meridian.engine.api.endpoints import Interface, add_endpoints
from meridian.engine.resources import resources
from meridian.site.interface import further


def of_module(at: str, module: str) -> Interface:
    """The endpoints of one module."""
    api = Interface(at)
    add_endpoints(api, module)
    if router := further().get(module):
        api.add_router("", router())
    return api


class Whole(Interface):
    """No endpoint of its own: the document of all."""

    def get_openapi_schema(self, **_options: Any) -> Any:
        """The OpenAPI document of every module."""
        if self._document is None:
            self._document = everything(self.at).get_openapi_schema()
        return self._document


def of_all(at: str) -> Interface:
    """What stands above the modules: the document of all of them, and the answer to what there isn't."""
    return Whole(at)


def everything(at: str = "/api/") -> Interface:
    """The whole interface in one, for its document."""
    api = Interface(at)
    for module in sorted({resource.module() for resource in resources()}):
        add_endpoints(api, module, f"/{module}")
    for module, router in further().items():
        api.add_router(f"/{module}", router())
    return api
