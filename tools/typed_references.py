"""For mypy: `reference("places.Site")` is the class of that name, typed as an import of it would be.

A name assigned to it may stand in annotations. A name of nothing is an error at its line.
"""

import re
from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from mypy.nodes import GDEF, MypyFile, StrExpr, SymbolTableNode, TypeInfo
from mypy.plugin import DynamicClassDefContext, FunctionContext, Plugin
from mypy.types import Instance, Type, TypeType

ASKED = "meridian.engine.records.reference"
LABELS = re.compile(r'\breference\("([\w.]+)"\)')
AS_AN_IMPORT = 10


def name_of(label: str) -> str:
    """The dotted path of a model's class; empty when there is none."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return ""
    return f"{model.__module__}.{model.__qualname__}"


class TypedReferences(Plugin):
    def get_additional_deps(self, file: MypyFile) -> list[tuple[int, str, int]]:
        """The modules that a file reaches by name, to be read before it."""
        if not file.fullname.startswith("meridian.") or not file.path.endswith(".py"):
            return []
        names = map(name_of, LABELS.findall(Path(file.path).read_text(encoding="utf-8")))
        return [(AS_AN_IMPORT, name.rpartition(".")[0], -1) for name in names if name]

    def get_dynamic_class_hook(self, fullname: str) -> Callable[[DynamicClassDefContext], None] | None:
        return _assigned if fullname == ASKED else None

    def get_function_hook(self, fullname: str) -> Callable[[FunctionContext], Type] | None:
        return _called if fullname == ASKED else None


def _assigned(context: DynamicClassDefContext) -> None:
    """`Site = reference("places.Site")` means the class."""
    (label,) = context.call.args
    name = name_of(label.value) if isinstance(label, StrExpr) else ""
    if not name:
        context.api.fail("This names no model.", context.call)
        return
    found = context.api.lookup_fully_qualified_or_none(name)
    if found is None or not isinstance(found.node, TypeInfo):
        context.api.defer()
        return
    context.api.add_symbol_table_node(context.name, SymbolTableNode(GDEF, found.node))


def _called(context: FunctionContext) -> Type:
    """`reference("places.Site").objects` is of the class."""
    label = context.args[0][0]
    name = name_of(label.value) if isinstance(label, StrExpr) else ""
    if not name:
        context.api.fail("This names no model.", context.context)
        return context.default_return_type
    module, _dot, noun = name.rpartition(".")
    found = context.api.modules[module].names.get(noun)  # type: ignore[attr-defined]
    if found is None or not isinstance(found.node, TypeInfo):
        return context.default_return_type
    return TypeType(Instance(found.node, []))


def plugin(version: str) -> type[Plugin]:
    return TypedReferences
