"""What the parts of first pages are made of: figures that lead to their rows, tasks, bars and buttons."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Model, QuerySet
from django.urls import reverse

from meridian.engine.design.figures import Unproved
from meridian.engine.figures import number_text
from meridian.engine.listing.cut import Cut, cut
from meridian.engine.modules.registry import listed_address
from meridian.engine.pages.slots import FirstPagePart
from meridian.engine.resources import resource_of
from meridian.engine.values import resource_name

TEMPLATE = "home/part.html"
MOST_BARS, MOST_TASKS = 8, 8
# What a list is asked of a field: a value, or several of which any will do.
Asked = str | Sequence[str]


@dataclass(frozen=True, slots=True)
class Figure:
    """How many there are of something, the address of just those rows, and its proof, or why none."""

    count: int
    label: str
    url: str
    tone: str
    proof: str | Unproved

    @property
    def number(self) -> str:
        """The count as the reader writes numbers."""
        return number_text(self.count)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do or to know: where it is done, a word on it, and how it stands."""

    title: str
    url: str
    note: str = ""
    state: str = ""
    tone: str = "still"


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a picture that is its own table, with its proof; `share` is filled in by the picture."""

    label: str
    count: int
    url: str
    proof: str | Unproved
    tone: str = "accent"
    share: int = 0

    @property
    def number(self) -> str:
        """The count as the reader writes numbers."""
        return number_text(self.count)


@dataclass(frozen=True, slots=True)
class Button:
    """Something to begin with."""

    title: str
    url: str
    icon: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What a module says on a first page. Whatever is left empty is not shown; `empty` is said when
    there are no tasks and no bars."""

    title: str
    url: str = ""
    text: str = ""
    figures: Sequence[Figure] = ()
    tasks: Sequence[Task] = ()
    cut: Cut[Any] | None = None
    bars: Sequence[Bar] = ()
    bars_title: str = ""
    buttons: Sequence[Button] = ()
    empty: str = ""
    chart: dict[str, Any] = field(default_factory=dict)

    def given(self) -> FirstPagePart:
        """The part as the slot takes it."""
        most = max((bar.count for bar in self.bars), default=0) or 1
        bars = [replace(bar, share=round(100 * bar.count / most)) for bar in self.bars]
        # Nothing of something bad is nothing bad.
        tiles = [figure if figure.count else replace(figure, tone="still") for figure in self.figures]
        context = {"part": self, "tiles": tiles, "bars": bars, "cut": self.cut, "chart": self.chart}
        return FirstPagePart(self.title, TEMPLATE, context, self.url)


def bars_of_choices(
    rows: QuerySet[Any], name: str, tones: Mapping[Any, str] | None = None, **narrowed: Asked
) -> list[Bar]:
    """How many rows there are of each choice of a field, each bar leading to them; one statement.

    The state of a resource has its own tones; `narrowed` is what else narrows `rows`.
    """
    resource = resource_of(rows.model)
    known = resource.tones if tones is None and name == resource.state else tones or {}
    counts = dict(rows.order_by().values_list(name).annotate(Count("pk")))
    field: Any = rows.model._meta.get_field(name)
    return [
        counted_bar(
            rows.model,
            str(label),
            counts[value],
            known.get(value, "accent"),
            **{name: str(value)},
            **narrowed,
        )
        for value, label in field.flatchoices
        if value in counts
    ]


def bars_of_references(rows: QuerySet[Any], name: str, key: str, title: str, **narrowed: Asked) -> Cut[Bar]:
    """The largest groups of rows by what they refer to (its `key` and `title`), each bar leading to its
    rows; `narrowed` is what else narrows `rows`. One statement."""
    groups = rows.order_by().values_list(f"{name}__{key}", f"{name}__{title}").annotate(count=Count("pk"))
    found = cut(groups.order_by("-count", f"{name}__{key}"), MOST_BARS)
    named = Counter(str(words) for _value, words, _count in found.shown)
    bars = [
        counted_bar(
            rows.model,
            str(words) if named[str(words)] == 1 else f"{words} · {value}",
            count,
            "accent",
            **{name: str(value)},
            **narrowed,
        )
        for value, words, count in found.shown
    ]
    return Cut(bars, found.of)


def figures_of_references(rows: QuerySet[Any], name: str, key: str) -> Cut[Figure]:
    """How many `rows` each of the referred ones has, the most first; one statement.

    They are those of their register that the reader may change.
    """
    noun = str(rows.model._meta.verbose_name_plural)
    groups = rows.order_by().values_list(f"{name}__{key}").annotate(count=Count("pk"))
    found = cut(groups.order_by("-count", f"{name}__{key}"), MOST_BARS)
    several = found.of > 1
    figures = [
        Figure(
            count,
            f"{noun} · {value}" if several else noun,
            list_url(rows.model, **{name: str(value)}),
            "",
            listed_address(rows.model._meta.label_lower, count, {name: value}, may="change"),
        )
        for value, count in found.shown
    ]
    return Cut(figures, found.of)


def counted(rows: QuerySet[Any], label: str, tone: str, **narrowed: Asked) -> Figure:
    """How many `rows` there are: those of their register when it is `narrowed`. One statement."""
    count, model = rows.count(), rows.model
    proof = listed_address(model._meta.label_lower, count, narrowed)
    return Figure(count, label, list_url(model, **narrowed), tone, proof)


def counted_bar(model: type[Model], label: str, count: int, tone: str, **narrowed: Asked) -> Bar:
    """The bar of those rows of a register, `narrowed`, that were counted."""
    proof = listed_address(model._meta.label_lower, count, narrowed)
    return Bar(label, count, list_url(model, **narrowed), proof, tone)


def summed_bar(model: type[Model], label: str, summed: Decimal, added: str, **narrowed: Asked) -> Bar:
    """The bar of what a column of those rows of a register adds up to, in whole numbers."""
    whole = int(summed.to_integral_value(ROUND_HALF_UP))
    proof = listed_address(model._meta.label_lower, whole, narrowed, added=added)
    return Bar(label, whole, list_url(model, **narrowed), proof)


def list_url(model: type[Model], **narrowed: Asked) -> str:
    """The address of a register, narrowed."""
    url = reverse(f"{resource_name(resource_of(model))}-list")
    return f"{url}?{urlencode(narrowed, doseq=True)}" if narrowed else url
