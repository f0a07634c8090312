"""HTML of anybody, tidied before a browser's rules are asked to understand it.

Those rules repair what is nested wrongly by making elements again and again: 35 kB built to harm become
28 MB. What leaves here is nested rightly, of bounded depth and number, and has taken one walk over the text.
It is not safe yet to be shown: who shows it says what may be.
"""

import re

RAW = frozenset({"script", "style", "title", "template", "textarea", "xmp", "iframe", "noembed", "noframes"})
VOID = frozenset({"br", "hr"})
FORMATS = frozenset({"a", "b", "code", "em", "i", "s", "strong", "u"})
# What ends one of its kind that was not ended, up to what may hold another of them.
ENDS_ITSELF = frozenset({"p", "li", "td", "th", "tr", "dt", "dd"})
HOLDS_ANOTHER = frozenset({"table", "ul", "ol", "dl", "div", "blockquote"})
MOST_TAGS, MOST_DEEP, MOST_FORMATS, MOST_OF_AN_ATTRIBUTE = 20_000, 100, 8, 2_000
# Letters that are written as names, and signs that have to be, cost a hundred times what others do.
MOST_NAMED = 20_000
TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+'|<)*+)>")
BEGINS_A_TAG = re.compile(r"</?[a-zA-Z]")
# What stands for a letter; every other ampersand is one.
AMPERSAND = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[a-zA-Z][a-zA-Z0-9]{1,30};)")
ATTRIBUTE = re.compile(r"([a-zA-Z-]+)\s*=\s*(\"[^\"]*+\"|'[^']*+'|[^\s\"'<>]++)")


class _Tidy:
    """What was written so far, and the elements that are still open."""

    def __init__(self, kept: frozenset[str], attributes: frozenset[str]) -> None:
        self.kept, self.attributes = kept, attributes
        self.written: list[str] = []
        self.open: list[str] = []
        self.tags = self.bare = 0

    def begin(self, name: str, given: str) -> None:
        if name not in self.kept or self.tags >= MOST_TAGS:
            return
        self.tags += 1
        if name in ENDS_ITSELF:
            self._end_own_kind(name)
        if name in VOID:
            self.written.append(f"<{name}>")
        elif len(self.open) < MOST_DEEP and not (name in FORMATS and self._is_formatted_enough()):
            self.written.append(f"<{name}{''.join(self._attributes(given))}>")
            self.open.append(name)

    def end(self, name: str) -> None:
        """End an element, with those inside of it that were not ended."""
        if name in self.open:
            while (last := self.open.pop()) != name:
                self.written.append(f"</{last}>")
            self.written.append(f"</{name}>")

    def _end_own_kind(self, name: str) -> None:
        for last in reversed(self.open):
            if last == name:
                self.end(name)
                return
            if last in HOLDS_ANOTHER:
                return

    def _is_formatted_enough(self) -> bool:
        return sum(name in FORMATS for name in self.open) >= MOST_FORMATS

    def _attributes(self, given: str) -> list[str]:
        found = ATTRIBUTE.findall(given[: 2 * MOST_OF_AN_ATTRIBUTE])
        named = ((name.lower(), value) for name, value in found)
        return [f' {name}="{_bare(value)}"' for name, value in named if name in self.attributes]


def tidied(html: str, kept: frozenset[str], attributes: frozenset[str]) -> str:
    """The HTML with these tags and attributes alone, nested rightly; past its bounds the words alone."""
    if html.count("&") > MOST_NAMED:
        html = html.replace("&", " ")
    tidy, place = _Tidy(kept, attributes), 0
    while (at := html.find("<", place)) >= 0:
        tidy.written.append(AMPERSAND.sub("&amp;", html[place:at]))
        place = _after(html, at, tidy)
        if place < 0:
            break
    else:
        tidy.written.append(AMPERSAND.sub("&amp;", html[place:]))
    tidy.written += [f"</{name}>" for name in reversed(tidy.open)]
    return "".join(tidy.written)


def _after(html: str, at: int, tidy: _Tidy) -> int:
    """Where to go on behind what begins at `at`; below 0 where nothing ends it, so that no more is said."""
    if html.startswith("<!--", at):
        return _behind(html, "-->", at)
    if html.startswith(("<!", "<?"), at):
        return _behind(html, ">", at)
    if not BEGINS_A_TAG.match(html, at):
        tidy.bare += 1
        tidy.written.append("&lt;" if tidy.bare <= MOST_NAMED else " ")
        return at + 1
    found = TAG.match(html, at)
    if found is None:
        return -1
    name = found.group(2).lower()
    if name in RAW and not found.group(1):
        ending = re.compile(f"</{name}", re.IGNORECASE).search(html, found.end())
        return ending.start() if ending else -1
    if found.group(1):
        tidy.end(name)
    else:
        tidy.begin(name, found.group(3))
    return found.end()


def _behind(html: str, ending: str, at: int) -> int:
    found = html.find(ending, at)
    return found + len(ending) if found >= 0 else -1


def _bare(value: str) -> str:
    bare = value[1:-1] if value[0] in "\"'" else value
    return bare.replace('"', "&quot;").replace("<", "&lt;")
