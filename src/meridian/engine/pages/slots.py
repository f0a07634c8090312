"""The slots of pages, which modules fill by the parts of their manifests; see docs/developers/slots.md.

A function behind a part gets the actor (or the request), and the row, the rows or nothing, and
returns one of the values below, or nothing where it has nothing to show. It asks `.permitted`
for whatever it counts or names: a slot hides nothing by itself.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from meridian.engine.design.figures import Unproved
from meridian.engine.design.tables import Cell
from meridian.engine.modules import EVERYBODY, Part
from meridian.engine.modules.registry import Given, parts_of
from meridian.engine.pages.entry import may_enter
from meridian.engine.policies import Actor, Request
from meridian.engine.values.together import answered_together

FACTS = "design/partials/facts.html"


@dataclass(frozen=True, slots=True)
class Tile:
    """A number on a row's page: what it counts, the address of the rows behind it, and of its proof.

    `proof` is written: it says why where there is none.
    """

    number: str
    label: str
    url: str
    proof: str | Unproved


@dataclass(frozen=True, slots=True)
class PanelPart:
    """A titled section of a row's page; without a template of its own `context` holds `facts`.

    A fact that is a number has a `proof`: its address, or why there is none.
    """

    title: str
    context: dict[str, Any]
    body_template: str = FACTS


@dataclass(frozen=True, slots=True)
class TabPart:
    """A further tab of a row's page, with a page of its own.

    `content` is called only when that tab is open, and gives what `body_template` shows.
    """

    title: str
    body_template: str
    content: Callable[[], dict[str, Any]]
    count: int | None = None


@dataclass(frozen=True, slots=True)
class ColumnPart:
    """A further column of a list; a row whose id is not among `cells` shows a dash.

    Where its cells are numbers, each has a `proof`, or `why` says why none has.
    """

    title: str
    cells: Mapping[int, Cell]
    kind: str = "text"
    why: Unproved | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """A short word with a tone (good, watch, bad, still or accent) beside the name of a row."""

    text: str
    tone: str = "still"


@dataclass(frozen=True, slots=True)
class ActionPart:
    """A button at the head of a row's page or of a list; `post` makes it a form."""

    title: str
    url: str
    icon: str = ""
    post: bool = False
    danger: bool = False


@dataclass(frozen=True, slots=True)
class FirstPagePart:
    """A part of somebody's first page: what `body_template` makes of `context`, under a title.

    `url` is where everything of it stands. The order of parts is the `place` in the manifest.
    """

    title: str
    body_template: str
    context: dict[str, Any] = field(default_factory=dict)
    url: str = ""


@dataclass(frozen=True, slots=True)
class RenderedPart:
    """A part as it is shown: its name in the house, title, markup, and where everything of it stands."""

    name: str
    title: str
    html: SafeString
    url: str = ""


def given_to(slot: str, on: type[models.Model] | str, actor: Actor) -> Iterator[Given[Part]]:
    """The parts of a slot that this actor may have, in their order."""
    found = parts_of(slot, on if isinstance(on, str) else on._meta.label_lower)
    if slot == "first_page":
        found = sorted([*found, *parts_of(slot, EVERYBODY)], key=lambda given: given.declared.place)
    for given in found:
        if not given.declared.permission or may_enter(actor, given.declared.permission):
            yield given


def tiles_for(actor: Actor, row: models.Model) -> Iterator[Tile]:
    """Tiles of a row's page. The function gets `(actor, row)` and returns a list of `Tile`."""
    for given in given_to("tile", type(row), actor):
        yield from given.function(actor, row)


def panels_for(request: Request, row: models.Model, slot: str = "panel") -> Iterator[RenderedPart]:
    """Sections of a row's page. The function gets `(actor, row)` and returns a `PanelPart` or None.

    `requester_panel` is the slot of the page on which whoever asked for something follows it.
    """
    for given in given_to(slot, type(row), request.actor):
        if panel := given.function(request.actor, row):
            html = SafeString(render_to_string(panel.body_template, panel.context, request))
            yield RenderedPart(given.name, str(panel.title), html)


def tabs_for(actor: Actor, row: models.Model) -> dict[str, TabPart]:
    """Tabs of a row's page by name. The function gets `(actor, row)` and returns a `TabPart` or None."""
    offered = {given.name: given.function(actor, row) for given in given_to("tab", type(row), actor)}
    return {name: tab for name, tab in offered.items() if tab}


def columns_for(
    actor: Actor, model: type[models.Model], rows: Sequence[models.Model]
) -> Iterator[ColumnPart]:
    """Columns of a list. The function gets `(actor, rows)`, those of one page, and returns a `ColumnPart`.

    It asks the database once for all rows, not once for each.
    """
    for given in given_to("column", model, actor):
        if column := given.function(actor, rows):
            yield column


def badges_for(
    actor: Actor, model: type[models.Model], rows: Sequence[models.Model]
) -> dict[int, list[Badge]]:
    """Badges by the id of the row. The function gets `(actor, rows)` and returns a dict from id to `Badge`.

    The rows are those of a page of a list, or the one of its own page.
    """
    found: dict[int, list[Badge]] = {}
    for given in given_to("badge", model, actor):
        for key, badge in given.function(actor, rows).items():
            found.setdefault(key, []).append(badge)
    return found


def actions_for(actor: Actor, model: type[models.Model], row: models.Model | None) -> Iterator[ActionPart]:
    """Buttons. The function gets `(actor, row)` and returns an `ActionPart` or None.

    On the list the row is None.
    """
    for given in given_to("action", model, actor):
        if action := given.function(actor, row):
            yield action


def first_page_of(request: Request, kind: str) -> list[RenderedPart]:
    """The parts of the first page of a kind of person, in their order, as they are shown.

    Manifest: `Part(slot="first_page", on="agent", by="pages.first_page.my_work", place=10,
    permission="library.book.lend")`; one function may stand in several such lines, one
    for each kind of person, or in one with `on=EVERYBODY`, for whoever signs in. The function
    gets `(request)`, whose `actor` is the reader, and returns a `FirstPagePart`, or None when it
    has nothing to say to this reader, who then sees no part. One that is `Asking` gets its rows in
    one statement with those of all others. `body_template` is rendered with `context` and the
    request (menu, csrf token).
    """
    shown = []
    every = list(given_to("first_page", kind, request.actor))
    for given, part in zip(every, answered_together(given.function(request) for given in every), strict=True):
        if part:
            html = SafeString(render_to_string(part.body_template, part.context, request))
            shown.append(RenderedPart(given.name, str(part.title), html, part.url))
    return shown
