"""The figures that a page shows, known by how they are drawn, and which of them nobody could prove.

A figure is the number of a tile, a number in a table, a sum, or a fact that a module gives to a page
of others. It has a proof (`a.proof`), or a written reason: on itself, or on the column of its table.
"""

import re
from html import unescape
from typing import Any

from django.test import Client
from lxml import html

HANDLE = re.compile(r'<a class="proof" href="([^"]+)" aria-label="([^"]+)"')
FIGURES = (
    "//*[contains(@class, 'tile') and not(contains(@class, 'tiles'))]/descendant::b"
    " | //td[contains(concat(' ', @class, ' '), ' number ')]"
    " | //*[@class='sum']//b"
    " | //*[@data-given]//dd"
)
DIGIT = re.compile(r"\d")
# A fact is a figure when it is a number with at most a unit: a sentence or a date is none.
A_NUMBER = re.compile(r"[+\-−]?\d[\d\s.,٬٫]*(\s?%|\s[A-Z]{2,4})?$")
PROVED = ".//a[@class='proof'] | .//*[@data-why]"


def handles(page: str) -> list[tuple[str, str]]:
    """The proofs of a page: where each stands, and what its figure is called."""
    return [(unescape(url), unescape(label)) for url, label in HANDLE.findall(page)]


def program(client: Client, url: str) -> dict[str, Any]:
    """What the interface says of the same figure."""
    answer = client.get("/api" + url.replace("/?", "?"))
    assert answer.status_code == 200, answer.content
    return answer.json()


def without_proof(page: bytes) -> list[str]:
    """The figures of a page that have neither a proof nor a reason, each with where it stands."""
    root = html.fromstring(page.decode())
    return [_where(found) for found in root.xpath(FIGURES) if _is_figure(found) and not _is_proved(found)]


def charts_without_table(page: bytes) -> list[str]:
    """The pictures of figures beside which no table says the same."""
    root = html.fromstring(page.decode())
    return [
        " ".join(chart.text_content().split())[:80]
        for chart in root.xpath("//figure[contains(concat(' ', @class, ' '), ' chart ')]")
        if not chart.xpath(
            ".//table | following-sibling::*//table | following-sibling::table | .//a[@data-table]"
        )
    ]


def marks_without_words(page: bytes) -> list[str]:
    """The bars and dots of charts that say nothing to whoever points at them."""
    root = html.fromstring(page.decode())
    return [
        html.tostring(shape, encoding="unicode", with_tail=False)
        for shape in root.xpath("//figure[contains(@class, 'chart')]//svg//*[self::rect or self::circle]")
        if not shape.xpath("ancestor::*[ancestor::svg][title or @aria-label]")
    ]


def _is_figure(element) -> bool:
    text = element.text_content().strip()
    return bool(A_NUMBER.match(text) if element.tag == "dd" else DIGIT.search(text))


def _is_proved(element) -> bool:
    if element.tag == "b":
        element = element.xpath("ancestor::*[contains(@class, 'tile') or @class='sum'][1]")[0]
    if element.xpath(PROVED) or element.xpath(".//input"):
        return True
    if element.tag != "td":
        return False
    place = sum(int(cell.get("colspan", 1)) for cell in element.itersiblings("td", "th", preceding=True))
    heads = element.xpath("ancestor::table[1]/thead/tr[last()]/*")
    return place < len(heads) and heads[place].get("data-why") is not None


def _where(element) -> str:
    line = element.xpath("ancestor::tr[1]") or element.xpath("..")
    return " ".join(line[0].text_content().split())[:100]
