"""HTML of mail: what of it may be shown, and what it says without its markup."""

import re
from html.parser import HTMLParser

import nh3

from meridian.kernel.tidying import tidied

KEPT = {
    *("a", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4"),
    *("hr", "i", "li", "ol", "p", "pre", "s", "span", "strong", "sub", "sup", "u", "ul"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr"),
}
# Pictures would tell their server who reads: they stay out, those that lie with the mail are files.
ATTRIBUTES = {
    "a": {"href"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "div": {"dir"},
    "p": {"dir"},
}
NAMES_OF_ATTRIBUTES = frozenset(name for names in ATTRIBUTES.values() for name in names)
SCHEMES = {"http", "https", "mailto", "tel"}
UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript"})
LINES = frozenset(
    {"p", "div", "br", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "hr", "blockquote", "pre"}
)
BLANK_LINES = re.compile(r"\n{3,}")
SPACES = re.compile(r"[ \t\r\f\v\xa0]+")


def harmless(html: str) -> str:
    """The HTML without scripts, styles, pictures, forms and addresses that run something."""
    return nh3.clean(
        tidied(html, frozenset(KEPT), NAMES_OF_ATTRIBUTES),
        tags=KEPT,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        clean_content_tags=set(UNSEEN - {"head", "noscript"}),
        link_rel="noopener noreferrer nofollow",
    )


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.unseen = 0
        self.quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self.unseen += 1
        if tag in LINES:
            self._line()
        if tag == "blockquote":
            self.quoted += 1
        if tag == "li":
            self.words.append("• ")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        if tag == "blockquote":
            self.quoted = max(0, self.quoted - 1)
        if tag in LINES:
            self._line()

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.words.append(SPACES.sub(" ", data.replace("\n", " ")))

    def _line(self) -> None:
        self.words.append("\n" + "> " * min(self.quoted, 3))


def text_of(html: str) -> str:
    """What HTML says, in lines; quotations begin with `>` as in plain mail."""
    if not html:
        return ""
    reader = _Words()
    try:
        reader.feed(nh3.clean(tidied(html, frozenset(KEPT), frozenset()), tags=KEPT))
        reader.close()
    except (AssertionError, ValueError):
        return SPACES.sub(" ", nh3.clean(tidied(html, frozenset(), frozenset()), tags=set()))
    lines = [line.strip() for line in "".join(reader.words).split("\n")]
    kept = [line for number, line in enumerate(lines) if line not in (">", "> >") or number == 0]
    return BLANK_LINES.sub("\n\n", "\n".join(kept)).strip()
