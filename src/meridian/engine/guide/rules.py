"""A page of the guide, from Markdown to HTML."""

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

LEADING_OUT = re.compile(r"[a-z]+:|#|/")


class Guided(NamedTuple):
    """A page: the text of its first heading, and the HTML of all below it."""

    title: str
    body: str


def guided(text: str, address_of: Callable[[str], str]) -> Guided:
    """The page of a Markdown text. HTML in it is shown as text, but for keys (`<kbd>`).

    `address_of` gives the address of what a link of the folder leads to, or nothing: then its words stand
    there without a link.
    """
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    title = ""
    if len(tokens) > 2 and tokens[0].type == "heading_open":
        title, tokens = tokens[1].content, tokens[3:]
    for token in tokens:
        _lead(token.children or (), address_of)
    html: Any = reader.renderer.render(tokens, reader.options, {})
    return Guided(title, re.sub(r"&lt;(/?kbd)&gt;", r"<\1>", html))


def _lead(tokens: Sequence[Token], address_of: Callable[[str], str]) -> None:
    """Give the links and pictures of a line the addresses under which the house serves them."""
    opened: list[Token] = []
    for token in tokens:
        if name := {"link_open": "href", "image": "src"}.get(token.type):
            target = str(token.attrs.get(name, ""))
            token.attrs[name] = target if LEADING_OUT.match(target) else address_of(target)
        if token.type == "link_open":
            opened.append(token)
            if not token.attrs["href"]:
                token.tag, token.attrs = "span", {}
        elif token.type == "link_close":
            token.tag = opened.pop().tag
