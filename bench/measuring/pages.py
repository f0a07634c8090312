"""The pages that are measured: what each is called, what it asks for and what it must keep to."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from gzip import decompress
from html import unescape
from typing import Any
from urllib.parse import quote

from measuring.asking import Measure
from measuring.crowd import Asker
from measuring.driving import Shot
from measuring.people import CSRF_SECRET, Visitor
from measuring.store import figure, figures
from meridian.engine.search.words import HAN, chinese_words
from meridian.kernel.console import Fault

LIST_MS, ITEM_MS, LONG_ITEM_MS, SEARCH_MS, NUMBER_MS, TILE_MS = 150, 200, 300, 300, 20, 300
AGENTS, REQUESTERS = 200, 2_000
SAMPLE = 400
FRAGMENT = re.compile(r'hx-get="(/[^"]+)"')
NEXT = re.compile(r'rel="next" href="([^"]+)"')
WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Words:
    """What the titles hold: a frequent and a rare word in English, and one in Arabic and in Chinese."""

    frequent: str
    rare: str
    arabic: str
    chinese: str


def pages_of_browser(visitor: Visitor, requester: Visitor) -> list[Measure]:
    """Queue, its views and filters, items, searches and the portal."""
    words = frequent_words()
    numbers = [
        number
        for (number,) in figures(
            "SELECT number FROM servicedesk_workitem TABLESAMPLE SYSTEM (1) LIMIT %s", SAMPLE
        )
    ]
    numbers = numbers or [figure("SELECT min(number) FROM servicedesk_workitem")]
    return [
        *_queue(visitor),
        *_filters(visitor),
        *_generated(visitor),
        Measure("item", _get(visitor, *(f"/desk/{number}/" for number in numbers)), ITEM_MS),
        Measure("item with the longest history", _get(visitor, f"/desk/{_longest()}/"), LONG_ITEM_MS),
        Measure(
            "search for a number", _get(visitor, *(f"/search/?q={number}" for number in numbers)), NUMBER_MS
        ),
        Measure(f"search: {words.rare} (rare)", _search(visitor, words.rare), SEARCH_MS),
        Measure(f"search: {words.frequent} (frequent)", _search(visitor, words.frequent), SEARCH_MS),
        *(
            [Measure(f"search: {words.arabic} (Arabic)", _search(visitor, words.arabic), SEARCH_MS)]
            if words.arabic
            else []
        ),
        *(
            [Measure(f"search: {words.chinese} (Chinese)", _search(visitor, words.chinese), SEARCH_MS)]
            if words.chinese
            else []
        ),
        Measure("portal: my requests", _get(requester, "/portal/"), LIST_MS),
        Measure("portal: the form", _get(requester, "/portal/ask/")),
    ]


def _queue(visitor: Visitor) -> list[Measure]:
    found = []
    for view, title in (("open", "queue"), ("all", "everything")):
        first = f"/desk/?view={view}"
        hundredth = walk(visitor, first, 99)
        found += [
            Measure(f"{title}, first page", _get(visitor, first), LIST_MS),
            Measure(f"{title}, page {hundredth[1]}", _get(visitor, hundredth[0]), LIST_MS),
        ]
    return found


def walk(visitor: Visitor, address: str, pages: int) -> tuple[str, int]:
    """Follow the link to the next page so many times: where that leads, and which page it is."""
    client = visitor.client()
    for step in range(pages):
        found = NEXT.search(_text(client.get(address)))
        if found is None:
            return address, step + 1
        address = unescape(found[1])
    return address, pages + 1


def _text(answer: Any) -> str:
    body = answer.content
    return (decompress(body) if answer.get("Content-Encoding") == "gzip" else body).decode()


def _filters(visitor: Visitor) -> list[Measure]:
    """Every view and every filter, on open work and on everything."""
    teams = [
        code
        for (code,) in figures(
            "SELECT t.code FROM servicedesk_workitem AS i JOIN servicedesk_team AS t ON t.id = i.team_id"
            " GROUP BY t.code ORDER BY count(*) DESC"
        )
    ]
    assignee = figure(
        "SELECT p.number FROM servicedesk_workitem AS i JOIN people_person AS p ON p.id = i.assignee_id"
        " GROUP BY p.number ORDER BY count(*) DESC LIMIT 1"
    )
    narrowed = {
        "view=mine": "mine",
        "view=teams": "my teams",
        "view=unassigned": "unassigned",
        "view=waiting": "waiting",
        "view=open&state=on_hold": "open, on hold",
        "view=open&priority=1": "open, priority 1",
        "view=open&priority=4": "open, priority 4",
        "view=open&kind=request": "open, requests",
        f"view=open&team={teams[0]}": "open, busiest team",
        f"view=open&team={teams[-1]}": "open, idlest team",
        f"view=open&assignee={assignee}": "open, busiest agent",
        "view=all&state=closed": "everything, closed",
        "view=all&state=on_hold": "everything, on hold",
        "view=all&priority=1": "everything, priority 1",
        "view=all&kind=request": "everything, requests",
        f"view=all&team={teams[0]}": "everything, busiest team",
        f"view=all&team={teams[-1]}": "everything, idlest team",
        f"view=all&assignee={assignee}": "everything, busiest agent",
        f"view=all&state=cancelled&priority=1&kind=request&team={teams[0]}": "everything, four filters",
    }
    return [Measure(title, _get(visitor, f"/desk/?{query}"), LIST_MS) for query, title in narrowed.items()]


def _generated(visitor: Visitor) -> list[Measure]:
    """The list that is made from the declaration, with each kind of filter."""
    address = "/servicedesk/work-items/"
    middle = figure(
        "SELECT (min(opened_at) + (max(opened_at) - min(opened_at)) / 2)::date FROM servicedesk_workitem"
    )
    category = figure("SELECT code FROM servicedesk_category ORDER BY id DESC LIMIT 1")
    hundredth, page = walk(visitor, address, 99)
    narrowed = {
        "channel=chat": "by chat",
        f"category={category}": "one category",
        f"opened_at_to={middle}": "opened before the middle",
    }
    return [
        Measure("list, first page", _get(visitor, address), LIST_MS),
        Measure(f"list, page {page}", _get(visitor, hundredth), LIST_MS),
        *(
            Measure(f"list, {title}", _get(visitor, f"{address}?{query}"), LIST_MS)
            for query, title in narrowed.items()
        ),
    ]


def slow_pages(visitor: Visitor) -> list[Measure]:
    """What no index serves yet; asked for at the end, for it keeps the house busy for long."""
    middle = figure("SELECT (min(due_at) + (max(due_at) - min(due_at)) / 2)::date FROM servicedesk_workitem")
    query = f"due_at_from={middle}&due_at_to={middle}"
    return [Measure("list, due on one day", _get(visitor, f"/servicedesk/work-items/?{query}"), LIST_MS)]


def tiles(visitor: Visitor) -> list[Measure]:
    """The first page, and each part of it that is loaded after it."""
    page = _text(visitor.client().get("/"))
    parts = dict.fromkeys(map(unescape, FRAGMENT.findall(page)))
    return [
        Measure("first page", _get(visitor, "/"), TILE_MS),
        *(Measure(f"first page: {part}", _get(visitor, part), TILE_MS) for part in parts),
        Measure("how the desks do", _get(visitor, "/desk-figures/"), TILE_MS),
    ]


def crowd(agent: Visitor, requester: Visitor) -> list[Asker]:
    """Agents who walk from queue to item, requesters who look after what they asked for."""
    rows = figures("SELECT number FROM servicedesk_workitem TABLESAMPLE SYSTEM (1) LIMIT %s", SAMPLE)
    items = [f"/desk/{number}/" for (number,) in rows]
    shot = _get(agent, "/desk/?view=open", "/desk/?view=mine", *items[:20], "/desk/?view=all&state=closed")
    asked = _get(requester, "/portal/", "/portal/ask/", "/")
    return [Asker("agents", AGENTS, 10, shot), Asker("requesters", REQUESTERS, 60, asked)]


def _longest() -> str:
    return str(figure("SELECT number FROM servicedesk_workitem ORDER BY event_count DESC, id LIMIT 1"))


def frequent_words() -> Words:
    """Words of a sample of titles, by how often they stand there."""
    counted: dict[str, Counter[str]] = {"en": Counter(), "ar": Counter(), "zh-hans": Counter()}
    rows = figures(
        "SELECT language, title FROM servicedesk_workitem WHERE id %% 7 = 0 AND language = ANY(%s)"
        " ORDER BY id LIMIT 60000",
        list(counted),
    )
    for language, title in rows:
        found = set(chinese_words(title)) if language == "zh-hans" else set(WORD.findall(title))
        is_own = HAN.search if language == "zh-hans" else bool
        counted[language].update(word for word in found if len(word) > 1 and is_own(word))
    english = counted["en"].most_common()
    if not english:
        raise Fault("No item has a title to search for.", "Load more items.")
    first = [counted[language].most_common(1) for language in ("ar", "zh-hans")]
    arabic, chinese = (found[0][0] if found else "" for found in first)
    return Words(english[0][0], english[-1][0], arabic, chinese)


def pages_of_program(visitor: Visitor) -> list[Measure]:
    """The interface for programs: a list, its next page, one row, and a new one."""
    keys = [
        key
        for (key,) in figures("SELECT id FROM servicedesk_workitem TABLESAMPLE SYSTEM (1) LIMIT %s", SAMPLE)
    ]
    rows = "/api/servicedesk/work-items"
    headers = {"Authorization": f"Bearer {visitor.bearer}", "Accept-Encoding": "gzip"}
    entry = {
        "kind": "incident",
        "title": "Measured item COUNT",
        "channel": "api",
        "language": "en",
        "requester": _a_requester(),
        "impact": 3,
        "urgency": 3,
    }
    posted = {**headers, "Content-Type": "application/json"}
    return [
        Measure("REST: list of 50", Shot((rows,), headers), LIST_MS),
        Measure("REST: list, waiting", Shot((f"{rows}?state=on_hold",), headers), LIST_MS),
        Measure("REST: read", Shot([f"{rows}/{key}" for key in keys or [1]], headers), ITEM_MS),
        Measure("REST: create", Shot((rows,), posted, "POST", json.dumps(entry))),
    ]


def forms(agent: Visitor, requester: Visitor) -> list[Measure]:
    """New items through the two forms; each with its audit entry and a durable commit."""
    asked = {
        "kind": "incident",
        "title": "Measured wish COUNT",
        "text": "Nothing prints COUNT",
        "urgency": "3",
    }
    taken = {
        "kind": "incident",
        "title": "Measured call COUNT",
        "text": "Nothing prints COUNT",
        "channel": "phone",
        "impact": "3",
        "urgency": "3",
        "requester": _a_requester(),
    }
    return [
        Measure("create: portal form", _post(requester, "/portal/ask/", asked)),
        Measure("create: desk form", _post(agent, "/desk/new/", taken)),
    ]


def _a_requester() -> str:
    return str(
        figure(
            "SELECT p.number FROM servicedesk_workitem AS i JOIN people_person AS p ON p.id = i.requester_id"
            " ORDER BY i.id LIMIT 1"
        )
    )


def _search(visitor: Visitor, word: str) -> Shot:
    return _get(visitor, f"/search/?q={quote(word)}")


def _get(visitor: Visitor, *paths: str) -> Shot:
    return Shot(paths, {"Cookie": visitor.cookie, "Accept-Encoding": "gzip", "Accept": "text/html"})


def _post(visitor: Visitor, path: str, values: Mapping[str, str]) -> Shot:
    parts = [("csrfmiddlewaretoken", CSRF_SECRET), *values.items()]
    body = "&".join(f"{quote(name)}={quote(value)}" for name, value in parts)
    headers = {
        "Cookie": visitor.cookie,
        "Accept-Encoding": "gzip",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return Shot((path,), headers, "POST", body)
