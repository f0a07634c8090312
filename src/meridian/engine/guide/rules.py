"""A page of the guide, from Markdown to HTML."""

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

READER = MarkdownIt("commonmark", {"html": False}).enable("table")
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
    tokens = READER.parse(text)
    title = ""
    if len(tokens) > 2 and tokens[0].type == "heading_open":
        title, tokens = tokens[1].content, tokens[3:]
    return Guided(title, _rendered(tokens, address_of))


def marked_up(text: str, address_of: Callable[[str], str]) -> str:
    """The HTML of a text in the same markup that somebody wrote, headings below the page's own.

    Tags are made by the renderer alone: what is typed as HTML is shown as text, and an address leads nowhere
    but to the web, to mail or into the house. Pictures are those for which `address_of` has an address: from
    elsewhere none is fetched.
    """
    tokens = READER.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"
    return _rendered(tokens, address_of)


def plain_words(text: str) -> str:
    """What such a text says without its markup, in one line."""
    inline = (token.children or () for token in READER.parse(text) if token.type == "inline")
    said = ("".join(_said(token) for token in children) for children in inline)
    return " ".join(" ".join(said).split())


def _said(token: Token) -> str:
    return " " if token.type in ("softbreak", "hardbreak") else token.content


def _rendered(tokens: Sequence[Token], address_of: Callable[[str], str]) -> str:
    for token in tokens:
        _lead(token.children or (), address_of)
    html: Any = READER.renderer.render(tokens, READER.options, {})
    return re.sub(r"&lt;(/?kbd)&gt;", r"<\1>", html)


def _lead(tokens: Sequence[Token], address_of: Callable[[str], str]) -> None:
    """Give the links and pictures of a line the addresses under which the house serves them."""
    opened: list[Token] = []
    for token in tokens:
        if token.type == "image":
            token.attrs["src"] = address_of(str(token.attrs.get("src", "")))
            if not token.attrs["src"]:
                token.type, token.children = "text", None
        elif token.type == "link_open":
            target = str(token.attrs.get("href", ""))
            token.attrs["href"] = target if LEADING_OUT.match(target) else address_of(target)
        if token.type == "link_open":
            opened.append(token)
            if not token.attrs["href"]:
                token.tag, token.attrs = "span", {}
        elif token.type == "link_close":
            token.tag = opened.pop().tag
