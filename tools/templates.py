#!/usr/bin/env python3
"""Keeps the templates readable: one block element a line, indented by what it stands in.

    tools/templates.py           write them so
    tools/templates.py --check   name those that are not, exit code 1

Lines are broken only where a browser drops the space: before, after and just inside of a block
element. What is inline stays as it was written, and so does what a reader sees.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src" / "meridian"
INDENT = "  "
WIDEST = 120

BLOCKS = set(
    "html head body title meta link script header footer main nav section article aside div p ul ol li dl dt"
    " dd table caption thead tbody tfoot tr th td form fieldset legend details summary figure figcaption"
    " h1 h2 h3 h4 option optgroup datalist dialog hr".split()
)
VOID = {"meta", "link", "input", "br", "hr", "img", "path", "rect", "circle", "line", "use", "col", "source"}
# What is inside is kept to the letter.
KEPT = ("textarea", "pre", "script", "svg")
BRANCHES = {"if", "for", "block", "with", "slot"}
BETWEEN = {"else", "elif", "empty"}
# Tags that print nothing and may stand on a line of their own.
SILENT = {"extends", "load", "comment"}

TOKEN = re.compile(
    r"(?P<kept>{%-?\s*(?P<whole>comment|blocktranslate)\b.*?{%\s*end(?P=whole)\s*%}|{#.*?#}|<!--.*?-->|<!DOCTYPE[^>]*>)"
    r"|(?P<raw><(?P<rawtag>" + "|".join(KEPT) + r")\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*+>.*?</(?P=rawtag)>)"
    r"|(?P<tag>{%.*?%})|(?P<var>{{.*?}})"
    r"|(?P<end></[a-zA-Z0-9]+\s*>)"
    # Taken without going back: a tag with odd quotes must not cost time without end.
    r"|(?P<start><[a-zA-Z](?:{%.*?%}|{{.*?}}|\"(?:{%.*?%}|{{.*?}}|[^\"])*+\"|'(?:{%.*?%}|[^'])*+'|[^>\"'{]|{)*+>)",
    re.DOTALL | re.IGNORECASE,
)


@dataclass
class Node:
    """A piece of a template: text and whole tags, or with `children` what lies between two tags.

    `parts` are the further openings of a branch (`else`) with what follows each.
    """

    opening: str
    kind: str
    children: list["Node"] = field(default_factory=list)
    closing: str = ""
    parts: list[tuple[str, list["Node"]]] = field(default_factory=list)

    @property
    def is_block(self) -> bool:
        if self.kind == "block" or (self.kind == "element" and _name(self.opening) in BLOCKS):
            return True
        return any(child.is_block for child in self.inside())

    def inside(self) -> Iterator["Node"]:
        yield from self.children
        for _opening, children in self.parts:
            yield from children

    def source(self) -> str:
        middle = "".join(child.source() for child in self.children)
        further = "".join(
            opening + "".join(child.source() for child in children) for opening, children in self.parts
        )
        return f"{self.opening}{middle}{further}{self.closing}"


def _name(tag: str) -> str:
    found = re.match(r"(?:</?|{%-?\s*)([a-zA-Z0-9]+)", tag)
    return found.group(1).lower() if found else ""


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    for found in TOKEN.finditer(text):
        if found.start() > at:
            yield "text", text[at : found.start()]
        yield str(found.lastgroup if found.lastgroup not in ("whole", "rawtag") else "kept"), found.group()
        at = found.end()
    if at < len(text):
        yield "text", text[at:]


def parsed(text: str) -> Node:
    """The template as a tree; a tag without its other half in the same branch stands alone."""
    root = Node("", "root")
    open_nodes = [root]
    for _kind, token in _tokens(text):
        _place(open_nodes, token)
    while len(open_nodes) > 1:
        _loosen(open_nodes)
    return root


def _place(open_nodes: list[Node], token: str) -> None:
    name = _name(token)
    if token.startswith("{%") and not token.startswith("{% blocktrans"):
        if name in BRANCHES:
            open_nodes.append(Node(token, "branch"))
        elif name in BETWEEN:
            _close_elements(open_nodes)
            _add_part(open_nodes[-1], token)
        elif name.startswith("end") and name[3:] in BRANCHES:
            _close_elements(open_nodes)
            branch = open_nodes.pop()
            branch.closing = token
            _append(open_nodes[-1], branch)
        else:
            _append(open_nodes[-1], Node(token, "block" if name in SILENT else "inline"))
    elif token.startswith("</"):
        if open_nodes[-1].kind == "element" and _name(open_nodes[-1].opening) == name:
            element = open_nodes.pop()
            element.closing = token
            _append(open_nodes[-1], element)
        else:
            _append(open_nodes[-1], Node(token, "block" if name in BLOCKS else "inline"))
    elif token.startswith("<") and re.match(r"<[a-zA-Z]", token):
        whole = name in VOID or token.rstrip().endswith("/>") or name in KEPT
        if whole:
            _append(open_nodes[-1], Node(token, "block" if name in BLOCKS else "inline"))
        else:
            open_nodes.append(Node(token, "element"))
    elif token.startswith("<!"):
        _append(open_nodes[-1], Node(token, "block"))
    else:
        _append(open_nodes[-1], Node(token, "text" if not token.startswith("{") else "inline"))


def _append(parent: Node, node: Node) -> None:
    (parent.parts[-1][1] if parent.parts else parent.children).append(node)


def _add_part(branch: Node, token: str) -> None:
    branch.parts.append((token, []))


def _close_elements(open_nodes: list[Node]) -> None:
    while open_nodes[-1].kind == "element":
        _loosen(open_nodes)


def _loosen(open_nodes: list[Node]) -> None:
    """An opening without its end: it stands alone, and what followed it beside it."""
    loose = open_nodes.pop()
    name = _name(loose.opening)
    _append(open_nodes[-1], Node(loose.opening, "block" if name in BLOCKS else "inline"))
    for child in loose.children:
        _append(open_nodes[-1], child)


def _lines(nodes: list[Node], depth: int) -> Iterator[str]:
    run: list[Node] = []
    for at, node in enumerate(nodes):
        is_page_block = depth == 0 and node.kind == "branch" and _name(node.opening) == "block"
        if not (node.is_block or is_page_block or _is_spread(nodes, at)):
            run.append(node)
            continue
        yield from _run(run, depth)
        run = []
        yield from _block(node, depth)
    yield from _run(run, depth)


def _is_spread(nodes: list[Node], at: int) -> bool:
    """Whether an inline branch has lines of its own already, with space around and just inside of it."""
    node = nodes[at]
    if node.kind != "branch" or not node.children or not _breaks(node.children[0]):
        return False
    around = [*nodes[max(at - 1, 0) : at], *nodes[at + 1 : at + 2]]
    return all(other.is_block or _breaks(other) for other in around)


def _breaks(node: Node) -> bool:
    """Whether the text has a line break, so that one more space shows nowhere."""
    return node.kind == "text" and "\n" in node.opening


def _run(run: list[Node], depth: int) -> Iterator[str]:
    """Inline pieces on one line, broken where they were before, and at spaces where it grows too long."""
    line, pad = "", INDENT * depth
    for space, piece in _pieces(run):
        too_long = len(pad) + len(line) + len(piece) >= WIDEST
        if line and space and ("\n" in space or too_long):
            yield pad + line
            line = ""
        line += f"{' ' if space and line else ''}{piece}"
    if line:
        yield pad + line


def _pieces(run: list[Node]) -> Iterator[tuple[str, str]]:
    """The run in pieces between which its own text has spaces: each with the space before it."""
    space, held = "", ""
    for node in run:
        if node.kind != "text":
            held += node.source()
            continue
        first, *others = re.split(r"(\s+)", node.opening)
        held += first
        for gap, word in zip(others[::2], others[1::2], strict=True):
            if held:
                yield space, held
            space, held = gap if held else space + gap, word
    if held:
        yield space, held


def _block(node: Node, depth: int) -> Iterator[str]:
    pad = INDENT * depth
    is_simple = not any(child.is_block for child in node.inside())
    if is_simple and not any(_breaks(child) for child in node.inside()):
        first, *others = node.source().split("\n")
        yield pad + first
        yield from others
        return
    yield pad + node.opening
    yield from _lines(node.children, depth + 1)
    for opening, children in node.parts:
        yield pad + opening
        yield from _lines(children, depth + 1)
    yield pad + node.closing


def formatted(text: str) -> str:
    """The template with one block element a line; one without any is left alone."""
    root = parsed(text)
    if not any(node.is_block for node in root.children if node.opening[:1] == "<" or node.kind == "branch"):
        return text
    lines = (line.rstrip() for line in _lines(root.children, 0))
    return "\n".join(line for line in lines if line) + ("\n" if text.endswith("\n") else "")


def main(arguments: list[str]) -> int:
    crowded = []
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        text = path.read_text(encoding="utf-8")
        better = formatted(text)
        if better == text:
            continue
        crowded.append(path)
        if "--check" not in arguments:
            path.write_text(better, encoding="utf-8")
    for path in crowded:
        sys.stdout.write(f"{path.relative_to(SOURCE)}\n")
    if crowded and "--check" in arguments:
        sys.stdout.write("These templates have more than one block element a line: run `make templates`.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
