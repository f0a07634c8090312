"""The documents of the REST interface: one file a module, written by `make snapshot` and served as it is.

A module whose file isn't written yet is asked itself, which takes up to a second.
"""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from meridian.engine.api import document
from meridian.engine.pages.entry import PUBLIC, needs
from meridian.site.environment import project_folder
from meridian.site.interface import AT, modules_served

FOLDER = project_folder() / "docs" / "modules" / "rest"


def described(module: str) -> dict[str, Any]:
    """The document of a module as its declarations say it, whatever is written."""
    # Ninja and pydantic are for those processes that serve programs.
    from meridian.site.endpoints import of_module  # noqa: PLC0415

    return of_module(f"/{AT}{module}/", module).get_openapi_schema()


def texts() -> dict[str, str]:
    """What the files have to say, by their names."""
    return {f"{module}.json": document.text_of(described(module)) for module in modules_served()}


def _text(module: str) -> str:
    written = FOLDER / f"{module}.json"
    if written.is_file():
        return written.read_text(encoding="utf-8")
    return document.text_of(described(module))


@needs(PUBLIC)
def of_one(_request: HttpRequest, module: str) -> HttpResponse:
    """The document of a module."""
    if module not in modules_served():
        raise Http404
    return HttpResponse(_text(module), content_type="application/json")


@needs(PUBLIC)
def of_all(_request: HttpRequest) -> HttpResponse:
    """The document of all modules."""
    whole = document.together([json.loads(_text(module)) for module in modules_served()])
    return HttpResponse(document.text_of(whole), content_type="application/json")
