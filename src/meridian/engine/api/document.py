"""The document of the interface: short enough to be read, and so its difference."""

import json
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

LINE_CHARACTERS = 110
REFERENCE = "#/components"
OF_EVERY_LIST = ("after", "limit", "sort", "q")


def shortened(document: dict[str, Any]) -> dict[str, Any]:
    """The same document with problems and the parameters of all lists said once, without titles and
    schemas that nothing refers to."""
    components = document["components"]
    components |= {"parameters": {}, "responses": {}}
    for operations in document["paths"].values():
        for operation in operations.values():
            _name_problems(operation["responses"], components["responses"])
            given = [_parameter(parameter) for parameter in operation["parameters"]]
            operation["parameters"] = [_named(parameter, components["parameters"]) for parameter in given]
    schemas = {name: _untitled(schema) for name, schema in components.get("schemas", {}).items()}
    said = json.dumps([document["paths"], schemas, components["responses"]])
    # Whatever lists are narrowed by stands as parameters; nothing refers to it as a schema.
    components["schemas"] = {
        name: schema for name, schema in schemas.items() if f'"{REFERENCE}/schemas/{name}"' in said
    }
    return document


def _name_problems(responses: dict[Any, Any], named: dict[str, Any]) -> None:
    """Put a reference in the place of every answer that is a problem document."""
    for status, response in responses.items():
        schema = response.get("content", {}).get("application/json", {}).get("schema", {})
        if schema.get("$ref") == f"{REFERENCE}/schemas/Problem":
            name = HTTPStatus(int(status)).phrase.title().replace(" ", "")
            content = {"application/problem+json": {"schema": schema}}
            named[name] = {"description": response["description"], "content": content}
            responses[status] = {"$ref": f"{REFERENCE}/responses/{name}"}


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    """A parameter as an address can give it: once or several times, and never null."""
    schema = _untitled(parameter["schema"])
    kinds = [kind for kind in schema.pop("anyOf", []) if kind != {"type": "null"}]
    schema.pop("description", None)
    schema = {**schema, **kinds[0]} if len(kinds) == 1 else {**schema, **({"anyOf": kinds} if kinds else {})}
    return {**parameter, "schema": schema}


def _named(parameter: dict[str, Any], named: dict[str, Any]) -> dict[str, Any]:
    """A reference to a parameter that every list has in these very words, or the parameter itself."""
    name = parameter["name"]
    if parameter["in"] != "query" or name not in OF_EVERY_LIST:
        return parameter
    if named.setdefault(name, parameter) != parameter:
        return parameter
    return {"$ref": f"{REFERENCE}/parameters/{name}"}


def _untitled(schema: Any) -> Any:
    """A schema without the titles that repeat its names."""
    if isinstance(schema, Mapping):
        return {
            name: _untitled(part)
            for name, part in schema.items()
            if not (name == "title" and isinstance(part, str))
        }
    if isinstance(schema, list):
        return [_untitled(part) for part in schema]
    return schema


def together(documents: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One document of several, which say the same of what they share."""
    whole = {**documents[0], "paths": {}, "components": {}}
    for document in documents:
        whole["paths"] |= document["paths"]
        for kind, parts in document["components"].items():
            whole["components"].setdefault(kind, {}).update(parts)
    return whole


def text_of(document: dict[str, Any]) -> str:
    """The document as JSON, whatever fits into a line on one line."""
    return "".join(_lines(json.loads(json.dumps(document, default=str)), "")) + "\n"


def _lines(value: Any, indent: str) -> Iterator[str]:
    short = json.dumps(value, ensure_ascii=False, sort_keys=True)
    if len(indent) + len(short) <= LINE_CHARACTERS or not isinstance(value, dict | list):
        yield short
        return
    names: Sequence[Any] = sorted(value) if isinstance(value, dict) else range(len(value))
    opening, closing = ("{", "}") if isinstance(value, dict) else ("[", "]")
    yield opening
    for at, name in enumerate(names):
        yield f"{',' if at else ''}\n{indent} "
        if isinstance(value, dict):
            yield f"{json.dumps(name, ensure_ascii=False)}: "
        yield from _lines(value[name], f"{indent} ")
    yield f"\n{indent}{closing}"
