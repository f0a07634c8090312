"""Walks what a person is shown: every kind of link and every kind of form, as it stands."""

import functools
import hashlib
import re
import traceback
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urlencode, urljoin, urlsplit

import lxml.html
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

from house.hostile import IS_SOAK, TEXTS, some
from meridian.engine.audit.models import Change

LINKS = "//a/@href | //@hx-get | //area/@href | //*[local-name()='a']/@href"
BUTTONS = ".//*[self::button[not(@type) or @type='submit'] or self::input[@type='submit' or @type='image']]"
LED = (200, 204, 301, 302, 303)
# What is sent as it stands may be refused, in words; who is shown a button may use it.
SENT = (*LED, 409, 422)
ODD = (*SENT, 400, 403, 404)
NUMBER = re.compile(r"\d+")
PAGES_OF_ROWS = ("-detail", "-history", "-part", "-neighbours", "-edit", "-remove", "-add", "-import")
GENERATED = ("-bulk", *PAGES_OF_ROWS)
SHARE_OF_ROWS = 3
# Of more buttons of one form that bear one name, such as two for each column, some are pressed.
MOST_OF_A_NAME = 4
OWN = ("csrfmiddlewaretoken", "once")


@dataclass
class Crowd:
    """What several people's walks share: whatever one of them did needs not all of them.

    Pages as they stand are asked for by everybody; the generated ones of single rows, which are made
    alike, by the first who is led there and by one in `SHARE_OF_ROWS` of the others. Variants of pages
    (sorted, filtered, further pages), exports and forms are asked for by the first who is led there, and
    by one in `share` of the others: always the same ones. What `left_out` names by its page and the
    words of its path nobody asks for.
    """

    share: int
    left_out: frozenset[tuple[str, ...]] = frozenset()
    done: set[Any] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def does(self, who: str, kind: Any, share: int = 0) -> bool:
        """Whether this person does what perhaps somebody else has done."""
        if self.does_first(kind):
            return True
        digest = hashlib.sha256(f"{who} {kind}".encode()).digest()
        return int.from_bytes(digest[:4]) % min(share or self.share, self.share) == 0

    def does_first(self, kind: Any) -> bool:
        """Whether nobody has done this before."""
        is_new = kind not in self.done
        self.done.add(kind)
        return is_new


@dataclass
class Walk:
    """One person's way through the house."""

    who: str
    client: Client
    crowd: Crowd
    known: set[Any] = field(default_factory=set)
    waiting: deque[tuple[str, str]] = field(default_factory=deque)

    def through(self, start: str = "/") -> None:
        """Ask for whatever is led to from the first page, and send its forms."""
        self.note(start, "nowhere")
        while self.waiting:
            address, shown_on = self.waiting.popleft()
            answer = self.answered(
                f"GET {address}", shown_on, lambda at=address: self.client.get(at), led(address)
            )
            if answer is not None:
                self.look_at(address, answer)

    def note(self, link: str, shown_on: str) -> None:
        """Remember to ask for an address, if it is of the house and the first of its kind."""
        if link in self.known:
            return
        if link.startswith("/"):
            self.known.add(link)
        address = urldefrag(urljoin(shown_on, link)).url
        if not address.startswith("/") or address.startswith(("//", "/static/")):
            return
        self.crowd.counts["links"] += 1
        kind = kind_of(address)
        if kind is None:
            self.fault(address, shown_on, "no such address")
        elif kind not in self.known:
            self.known.add(kind)
            if kind.page in self.crowd.left_out:
                return
            share = SHARE_OF_ROWS if kind.is_of_row else 0
            if kind.is_plain and not kind.is_of_row or self.crowd.does(self.who, kind, share):
                self.waiting.append((address, shown_on))

    def got(self, address: str, way: str, shown_on: str, fine: tuple[int, ...]) -> Any:
        return self.answered(way, shown_on, lambda: self.client.get(address), fine)

    def answered(
        self, way: str, shown_on: str, ask: Callable[[], Any], fine: tuple[int, ...]
    ) -> HttpResponseBase | None:
        """The answer; None, and a fault noted, where it is none that a person should get."""
        try:
            answer = ask()
        except Exception as raised:  # noqa: BLE001 - whatever it is, it is what we look for
            where = traceback.extract_tb(raised.__traceback__)[-1]
            self.fault(way, shown_on, f"{type(raised).__name__}: {raised} at {where.filename}:{where.lineno}")
            return None
        if answer.status_code not in fine:
            self.fault(way, shown_on, f"answers {answer.status_code}")
            return None
        return answer

    def fault(self, way: str, shown_on: str, what: str) -> None:
        self.crowd.faults.append(f"{self.who}: {way} (shown on {shown_on}): {what}")

    def look_at(self, address: str, answer: Any) -> None:
        """Note where the answer leads, and send its forms."""
        self.crowd.counts["answers"] += 1
        if answer.has_header("Location"):
            self.note(answer["Location"], address)
        elif answer.streaming:
            # To its end: rows that are let go in the middle hold the connection of the test.
            for _chunk in answer.streaming_content:
                pass
        elif answer["Content-Type"].startswith("text/html") and answer.content.strip():
            self.crowd.counts["pages"] += 1
            page = lxml.html.document_fromstring(answer.content.decode())
            for link in page.xpath(LINKS):
                self.note(link, address)
            for form in page.forms:
                self.use(form, address)

    def use(self, form: Any, shown_on: str) -> None:
        """Send a form as it stands, by each of its buttons."""
        method = "post" if form.get("hx-post") else (form.get("method") or "get").lower()
        way = urljoin(shown_on, form.get("hx-post") or form.get("action") or shown_on)
        if method == "get":
            self.note(f"{way.split('?')[0]}?{urlencode(list(filled(form)))}", shown_on)
        elif method == "post":
            for button in buttons_of(form):
                self.send(form, button, way, shown_on)

    def send(self, form: Any, button: tuple[str, str], way: str, shown_on: str) -> None:
        """Send a form, and take back what it wrote."""
        values: dict[str, list[str]] = {}
        for name, value in (*filled(form), button):
            if name and name != OWN[0]:
                values.setdefault(name, []).append(value)
        kind = kind_of_sending(form, button, way, values)
        if kind in self.known:
            return
        self.known.add(kind)
        if not self.crowd.does(self.who, kind):
            return
        self.crowd.counts["forms"] += 1
        cookies = self.client.cookies.copy()
        point = transaction.savepoint()
        told = f"POST {way} {values}"[:400]
        answer = self.answered(told, shown_on, lambda: self.client.post(way, values), SENT)
        if answer is not None and answer.has_header("Location"):
            at = answer["Location"]
            if urlsplit(at).path != urlsplit(shown_on).path:
                self.got(at, f"GET {at} after {told}", shown_on, LED)
        transaction.savepoint_rollback(point)
        at_hand = kind_of(way)
        if (
            at_hand
            and is_by_hand(at_hand)
            and self.crowd.does_first(("odd", at_hand.page[0], *sorted(values)))
        ):
            self.send_oddly(values, way, shown_on)
        self.client.cookies = cookies

    def send_oddly(self, values: dict[str, list[str]], way: str, shown_on: str) -> None:
        """Send a hand-made form again with what nobody means, in one field after the other."""
        for name in some(sorted(values), 2, way):
            for value in some(TEXTS, 1, way, name):
                self.crowd.counts["odd forms"] += 1
                before, point = newest_change(), transaction.savepoint()
                told = f"POST {way} with {name}={value[:60]!r} of {values}"[:400]
                sent = values | {name: [value]}
                answer = self.answered(told, shown_on, lambda sent=sent: self.client.post(way, sent), ODD)
                if answer is not None and answer.status_code >= 400 and newest_change() != before:
                    self.fault(told, shown_on, "was refused and yet done in part")
                transaction.savepoint_rollback(point)


@dataclass(frozen=True, slots=True)
class Kind:
    """What makes two addresses alike: the same page, the same words in its path, the same parameters."""

    page: tuple[str, ...]
    parameters: frozenset[str] = frozenset()
    is_blank_form: bool = False

    @property
    def is_plain(self) -> bool:
        return not self.parameters and not self.is_blank_form and not self.is_export

    @property
    def is_of_row(self) -> bool:
        """A generated page of one row, as it stands."""
        return self.is_plain and self.page[0].endswith(PAGES_OF_ROWS)

    @property
    def is_export(self) -> bool:
        return "export" in self.page[0]


@functools.cache
def kind_of(address: str) -> Kind | None:
    """The kind of an address of the house; None when it is none."""
    parts = urlsplit(address)
    page = page_at(NUMBER.sub("1", parts.path)) or page_at(parts.path)
    if page is None:
        return None
    given = parse_qsl(parts.query, keep_blank_values=True)
    said = frozenset(name for name, value in given if value)
    kind = Kind(page, said, bool(given) and not said)
    # All rows or some: a file is asked for once.
    return Kind(page) if kind.is_export else kind


@functools.cache
def page_at(path: str) -> tuple[str, ...] | None:
    try:
        found = resolve(path)
    except Resolver404:
        return None
    return found.view_name, *sorted(map(str, found.kwargs.values()))


def is_by_hand(kind: Kind) -> bool:
    """Whether a page is none that is made from a declaration; those are tried field by field elsewhere."""
    return not kind.page[0].endswith(GENERATED)


def newest_change() -> int | None:
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first()


def led(address: str) -> tuple[int, ...]:
    """What may answer at a link: whoever wants to remove a row may first be told what is in the way."""
    kind = kind_of(address)
    return (*LED, 422) if kind and kind.page[0].endswith("-remove") else LED


def filled(form: Any) -> Iterator[tuple[str, str]]:
    """Names and values of a form's fields as a browser would send them."""
    return ((name, value or "") for name, value in form.form_values())


def buttons_of(form: Any) -> list[tuple[str, str]]:
    """Name and value of each button that sends the form."""
    found = {(button.get("name") or "", button.get("value") or "") for button in form.xpath(BUTTONS)}
    return sorted(found) or [("", "")]


def kind_of_sending(form: Any, button: tuple[str, str], way: str, names: Iterable[str]) -> tuple[Any, ...]:
    """What makes two ways to send a form alike: outside of a soak, neither the filter of the page that it
    stands on, nor which of many buttons of one name is pressed."""
    at, (name, value) = kind_of(way), button
    if IS_SOAK or at is None:
        return at, *sorted(names), button
    many = len(form.xpath(f"{BUTTONS}[@name=$name]", name=name)) > MOST_OF_A_NAME if name else False
    return at.page, *sorted(names), (name, len(value) % 2 if many else value)
