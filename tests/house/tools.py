"""Takes in a program of `tools/`, which is no package, so that tests can call its functions."""

import importlib.util
from types import ModuleType

from house.databases import PROJECT_FOLDER


def tool(name: str) -> ModuleType:
    """The program `tools/NAME.py` as a module."""
    specification = importlib.util.spec_from_file_location(
        f"tools_{name}", PROJECT_FOLDER / "tools" / f"{name}.py"
    )
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module
