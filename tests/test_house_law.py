"""Laws of the house that no linter can see."""

import ast
import re
import runpy
import sys
from collections.abc import Iterator
from dataclasses import is_dataclass
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.db.migrations.loader import MigrationLoader

from meridian.engine.design.tables import TONES
from meridian.engine.events import catalogue, name_of
from meridian.engine.modules.registry import notice_kinds
from meridian.engine.records import UnknownName
from meridian.engine.resources import resources
from meridian.site import discovery
from meridian.site.faults import fault_from

FLOORS = ("kernel", *discovery.FLOORS)
REFUSED_NAMES = {"core", "common", "utils", "helpers", "extras", "misc", "base", "shared", "manager"}
WORDS_OF_MONEY = re.compile(r"(^|_)(amount|cost|price|budget|money|value_usd)(_|$)")
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)
PHYSICAL = re.compile(
    r"(?<![\w-])((margin|padding|border)-(left|right)|(left|right)\s*:|text-align:\s*(left|right)|float:)"
)
PRINTING_OF_DJANGO = re.compile(r"\|(date|time|floatformat|localize|unlocalize|intcomma|stringformat)\b")
READING_AND_PRINTING = {
    *("number_format", "date_format", "time_format", "localize", "sanitize_separators", "strptime"),
    *("parse_date", "parse_datetime", "parse_time", "parse_decimal", "parse_number", "intcomma"),
}
FIELDS_OF_FIGURES = {
    *("DecimalField", "IntegerField", "FloatField", "DateField", "DateTimeField", "TimeField"),
    *("NumberInput", "DateInput", "DateTimeInput", "TimeInput"),
}
NAMELESS = re.compile(r"^[A-Z]\w*: Any = .*\.related_model$")
LITERAL_LINK = re.compile(r"""\b(href|action|formaction|hx-(get|post|put|delete))=["']/[^"']""")
OWN_ADDRESS = re.compile(r"""(redirect\(|\b\w*url\w*["']?\s*[:=]\s*)f?["']/[^"']""")
LONGEST_README_LINES = 60


def sources(ending: str) -> Iterator[Path]:
    """Every file of the product with this ending, tests and migrations left out."""
    for path in sorted(discovery.HOUSE.rglob(f"*{ending}")):
        if not {"tests", "migrations"} & set(path.parts):
            yield path


def shown(path: Path) -> str:
    return path.relative_to(discovery.HOUSE).as_posix()


def own_models() -> Iterator[type[models.Model]]:
    return (model for model in apps.get_models() if model.__module__.startswith("meridian."))


def address(model: type[models.Model]) -> tuple[str, str]:
    """The floor and module in which a model stands."""
    _house, floor, module, *_rest = model.__module__.split(".")
    return floor, module


def test_no_package_has_a_name_that_says_nothing():
    found = [shown(path) for path in sources("") if path.stem in REFUSED_NAMES and path.suffix in {"", ".py"}]
    assert found == []


def test_foreign_keys_lead_down_or_to_a_neighbour_that_is_leant_on():
    found = []
    for model in own_models():
        for field in model._meta.get_fields():
            # The account is reached through a setting of Django, which names no module.
            if not field.is_relation or field.auto_created or getattr(field, "swappable_setting", None):
                continue
            target = field.related_model
            if not isinstance(target, type) or not target.__module__.startswith("meridian."):
                continue
            (floor, module), (target_floor, target_module) = address(model), address(target)
            upwards = FLOORS.index(target_floor) > FLOORS.index(floor)
            sideways = target_floor == floor and target_module not in {module, *leant_on(module)}
            if upwards or (sideways and floor != "engine"):
                found.append(f"{model.__module__}.{model.__name__}.{field.name} -> {target.__module__}")
    assert found == []


def leant_on(module: str) -> tuple[str, ...]:
    for folder, manifest in discovery.import_rooms("module"):
        if folder.name == module:
            return manifest.MODULE.leans_on
    return ()


def test_every_lean_on_a_neighbour_is_in_the_manifest():
    graph = grimp.build_graph("meridian", cache_dir=None)
    found = []
    for folder in discovery.modules():
        if folder.floor in {"solvers", "engine", "site"}:
            continue
        inner = {folder.path, *graph.find_descendants(folder.path)}
        imported = {name for place in inner for name in graph.find_modules_directly_imported_by(place)}
        neighbours = {name.split(".")[2] for name in imported if name.startswith(f"meridian.{folder.floor}.")}
        found += [
            f"{folder.path} leans on {name}"
            for name in sorted(neighbours - {folder.name, *leant_on(folder.name)})
        ]
    assert found == []


def published_events() -> Iterator[type]:
    """Every event that a module declares."""
    for _folder, room in discovery.import_rooms("events"):
        for found in vars(room).values():
            if isinstance(found, type) and found.__module__ == room.__name__ and is_dataclass(found):
                yield found


def told_of(source: str) -> Iterator[str]:
    """What is made where something is published, or handed on by `yield` to where it is."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Yield) and node.value:
            made: list[ast.AST] = [node.value]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "publish":
            made = [inner for argument in node.args for inner in ast.walk(argument)]
        else:
            continue
        yield from (
            one.func.id for one in made if isinstance(one, ast.Call) and isinstance(one.func, ast.Name)
        )


def test_every_event_is_published_and_has_a_receiver_or_a_written_reason():
    heard = {name for name, receivers in catalogue() if receivers}
    published = {name for path in sources(".py") for name in told_of(path.read_text(encoding="utf-8"))}
    found = []
    for event in published_events():
        name = name_of(event)
        unheard = getattr(sys.modules[event.__module__], "UNHEARD", {})
        if name not in heard and not unheard.get(event):
            found.append(f"{name} has no receiver: write a reaction, or say in UNHEARD why not.")
        if event.__name__ not in published:
            found.append(f"{name} is published nowhere.")
    assert found == []


def test_every_kind_of_notice_that_is_told_is_declared_and_the_reverse():
    told = {
        text.value
        for folder, _room in discovery.import_rooms("reactions")
        for path in [folder.folder / "reactions.py"]
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
    }
    unused = [code for code in notice_kinds() if code not in told and code.split(".", 1)[1] not in told]
    assert unused == []


def test_models_have_no_save_of_their_own():
    found = [
        f"{model.__module__}.{model.__name__}.{name}"
        for model in own_models()
        for name in ("save", "delete")
        if name in vars(model)
    ]
    assert found == []


def test_money_is_no_float():
    found = [
        f"{model.__module__}.{model.__name__}.{field.name}"
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FloatField) and WORDS_OF_MONEY.search(field.name)
    ]
    assert found == []


def test_models_are_reached_by_import_and_never_by_name():
    found = []
    for path in sources(".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                named = node.args and isinstance(node.args[0], ast.Constant)
                if node.func.attr == "get_model" and named:
                    found.append(f"{shown(path)}:{node.lineno}")
    assert found == []


def test_a_reference_to_nothing_ends_the_start_with_file_and_line(tmp_path):
    trespass = tmp_path / "references.py"
    trespass.write_text('from meridian.engine.records import reference\n\nSite = reference("places.Sitte")\n')
    with pytest.raises(UnknownName) as refused:
        runpy.run_path(str(trespass))
    told = fault_from(refused.value)
    assert told is not None
    assert told.message.startswith(
        f"{trespass}, line 3: no model is called “places.Sitte”; near to it: places.Site"
    )


def test_references_by_name_lead_down_or_to_a_neighbour_and_through_no_field():
    found, asked = [], 0
    for path in sources(".py"):
        text = path.read_text(encoding="utf-8")
        place = path.relative_to(discovery.HOUSE).parts
        if place[0] != "engine" and "tests" not in place and ": Any = " in text and ".related_model" in text:
            found += [f"{shown(path)}: {line}" for line in text.splitlines() if NAMELESS.search(line)]
        for label in re.findall(r'\breference\("([\w.]+)"\)', text):
            asked += 1
            floor, module = address(apps.get_model(label))
            upwards = FLOORS.index(floor) > FLOORS.index(place[0])
            if upwards or (floor == place[0] and module not in {place[1], *leant_on(place[1])}):
                found.append(f"{shown(path)}: {label}")
    assert asked
    assert found == []


def test_templates_have_no_inline_style_or_script():
    found = [
        f"{shown(path)}:{number}"
        for ending in (".html", ".svg")
        for path in sources(ending)
        if "templates" in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if INLINE.search(line) and "application/json" not in line
    ]
    assert found == []


def test_pages_are_named_and_never_spelled_out():
    """An address stands where it is declared; whoever leads there names it, so that it can move."""
    spelled = [
        f"{shown(path)}:{number}"
        for ending, pattern in ((".html", LITERAL_LINK), (".py", OWN_ADDRESS))
        for path in sources(ending)
        if shown(path) != "site/settings.py" and path.name != "testing.py"
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if pattern.search(line)
    ]
    assert spelled == []


def test_figures_and_days_are_printed_and_read_by_one_room():
    found = []
    for path in sources(".py"):
        if {"figures", "notation"} & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node, "id", None) or getattr(node, "attr", None)
            owner = getattr(getattr(node, "value", None), "id", "")
            own_way = name in READING_AND_PRINTING or (owner == "forms" and name in FIELDS_OF_FIGURES)
            on_a_page = "pages" in shown(path).replace(".py", "").split("/") and name == "fromisoformat"
            if (
                own_way
                or on_a_page
                or (isinstance(node, ast.FormattedValue) and _parts_thousands(node, path))
            ):
                found.append(f"{shown(path)}:{node.lineno}")
    for path in sources(".html"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found += [f"{shown(path)}:{number}" for _ in PRINTING_OF_DJANGO.finditer(line)]
    assert found == []


def _parts_thousands(node: ast.AST, path: Path) -> bool:
    """Whether a page prints thousands with a comma whatever its language."""
    shape = ast.unparse(node.format_spec) if getattr(node, "format_spec", None) else ""
    return "," in shape and "pages" in shown(path).replace(".py", "").split("/")


def test_style_sheets_mirror_for_arabic():
    found = [
        f"{shown(path)}:{number}"
        for path in sources(".css")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if PHYSICAL.search(line) and "/* physical:" not in line
    ]
    assert found == []


def test_every_module_has_a_short_readme():
    found = []
    for folder in discovery.modules():
        if not folder.has("module") and folder.floor != "solvers":
            continue
        readme = folder.folder / "README.md"
        if not readme.is_file() or len(readme.read_text().splitlines()) > LONGEST_README_LINES:
            found.append(folder.path)
    assert found == []


def test_every_manifest_bears_the_name_of_its_folder():
    found = [
        folder.path
        for folder, manifest in discovery.import_rooms("module")
        if manifest.MODULE.name != folder.name
    ]
    assert found == []


def test_migrations_are_linear_and_named():
    loader = MigrationLoader(None)
    own = {config.label for config in apps.get_app_configs() if config.name.startswith("meridian.")}
    for label in sorted(own & loader.migrated_apps):
        assert len(loader.graph.leaf_nodes(label)) == 1, label
    unnamed = [name for label, name in loader.disk_migrations if label in own and "_auto_" in name]
    assert unnamed == []


@pytest.mark.django_db
def test_no_model_lacks_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


LOWEST = ("kernel", "solvers", "engine")


def test_what_stands_below_names_nothing_above():
    """Kernel, solvers and engine have no path, module or noun of the floors above in any of their strings."""
    above = [folder for folder in discovery.modules() if folder.floor not in (*LOWEST, "site")]
    # Answers of the API hold a list of the one name, entries of the trail and their page of the other.
    names = {folder.name for folder in above} - {"items", "changes"}
    nouns = {
        label
        for model in own_models()
        for label in [model._meta.label_lower]
        if address(model)[0] not in LOWEST
    }
    floors = "|".join({folder.floor for folder in above} | {"site"})
    paths = re.compile(rf"meridian[./]({floors})\b")
    spoken = re.compile(rf"(?<![\w.])({'|'.join(map(re.escape, sorted(nouns)))})(?![\w])")
    found = []
    for path in sources(".*"):
        below = path.relative_to(discovery.HOUSE).parts[0] in LOWEST and "locale" not in path.parts
        if not below or path.suffix not in {".py", ".html", ".txt", ".js", ".css"}:
            continue
        text = path.read_text(encoding="utf-8")
        found += [f"{shown(path)}: {hit.group()}" for rule in (paths, spoken) for hit in rule.finditer(text)]
        # Solvers have nouns of their own, some of which other floors have too.
        if path.suffix == ".py" and "solvers" not in path.parts:
            found += [
                f"{shown(path)}:{node.lineno}: {node.value}"
                for node in ast.walk(ast.parse(text))
                if isinstance(node, ast.Constant) and node.value in names
            ]
    assert found == []


def test_every_state_has_a_tone_that_the_design_knows():
    wrong = [
        f"{resource.__name__}: {state} is {tone}"
        for resource in resources()
        for state, tone in resource.tones.items()
        if tone not in TONES
    ]
    assert wrong == []
    assert sum(bool(resource.tones) for resource in resources()) > 10
