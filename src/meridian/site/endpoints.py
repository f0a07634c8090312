"""What stands at the addresses of the REST interface."""

from meridian.engine.api.endpoints import Interface, add_endpoints
from meridian.site.interface import further


def of_module(at: str, module: str) -> Interface:
    """The endpoints of one module."""
    api = Interface(at)
    add_endpoints(api, module)
    if router := further().get(module):
        api.add_router("", router())
    return api
