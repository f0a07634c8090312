"""Marks of charts: what can be pointed at says its value and leads to its rows. Without Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape


class Markup(str):
    """Finished markup in which everything from outside is escaped; templates print it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        """The markup itself."""
        return self


@dataclass(frozen=True, slots=True)
class Said:
    """What a mark says in words, and the address of its rows where it has any to lead to."""

    words: str
    url: str = ""


def mark(said: Said, *shapes: str) -> Markup:
    """Finished `shapes` as one mark that says its words to whoever points at it, and leads to its rows.

    Marks are no stops of the tab key, dozens of them would be in the way: the table beside a chart has the
    same links in order.
    """
    content = f"<title>{escape(said.words)}</title>{''.join(shapes)}"
    if said.url:
        return Markup(f'<a class="point" href="{escape(said.url)}" tabindex="-1">{content}</a>')
    return Markup(f'<g class="point" role="img">{content}</g>')


def reach(x: float, y: float, width: float, height: float) -> Markup:
    """An unseen ground of a mark, so that a thin bar is as easy to point at as a wide one."""
    return Markup(f'<rect class="reach" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"/>')


def name_of_row(y: float, words: str) -> Markup:
    """What a row of a chart is called, above its bar: wide enough on a phone too."""
    return Markup(f'<text class="name" x="0" y="{y:g}">{escape(words)}</text>')


# Wider ones are drawn over all of the page; in a narrow one letters would grow beyond those of the page.
NARROW = 760


def drawing(width: float, height: float, title: str, pieces: Iterable[str], kind: str = "") -> Markup:
    """A chart as an <svg> that is called `title`; what is read of it are its marks."""
    classes = f' class="{kind}{" narrow" * (width <= NARROW)}"'
    box = f'viewBox="0 0 {width:g} {height:g}"'
    return Markup(f'<svg{classes} {box} role="group" aria-label="{escape(title)}">{"".join(pieces)}</svg>')
