"""A token reaches its scopes and nothing else, however much the account behind it may do.

Generated from the registry: for every kind of row, a token that has it alone must tell nothing of any
other, and a token that has all others must tell nothing of it, wherever it asks.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from house.actors import Stage, stage
from house.factory import MAKER, make
from house.shares import least, some_of

from meridian.engine.attachments.commands import attach
from meridian.engine.attachments.models import Attachment
from meridian.engine.pages.entry import PUBLIC, all_addresses, is_for_programs, permission_of
from meridian.engine.pages.urls import resource_urls
from meridian.engine.policies import policy_of
from meridian.engine.resources import Resource, has_resource, resource_of, resources
from meridian.engine.search.find import find
from meridian.engine.search.index import index_pending
from meridian.registers.access.models import Token
from meridian.registers.access.queries import actor_of
from meridian.registers.access.rules import digest_of, new_secret
from meridian.registers.organisation.models import Unit

pytestmark = pytest.mark.django_db
WORDS = (models.CharField, models.TextField)
SHUT = (403, 404)
SHORTEST = 6


@dataclass
class World:
    """A row of every kind, each referring to others, and the words by which each kind would be known."""

    house: Stage
    rows: dict[str, models.Model]
    words: dict[str, frozenset[str]]

    def told(self, body: str, scopes: Iterable[str]) -> list[tuple[str, str]]:
        """The kinds outside of the scopes of which a text tells a word, with the word."""
        return [
            (label, word)
            for label in self.words.keys() - set(scopes)
            for word in self.words[label]
            if word in body and re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", body)
        ]


def label_of(resource: type[Resource]) -> str:
    return resource.model._meta.label_lower


LABELS = [label_of(resource) for resource in resources()]


@pytest.fixture
def world() -> World:
    house = stage()
    here = {Unit: house.here}
    rows = {label_of(resource): _row(resource, here) for resource in resources()}
    return World(house, rows, _words())


def _row(resource: type[Resource], here: dict[type[models.Model], models.Model]) -> models.Model:
    """A row of the kind, which refers to whatever it can that not everybody sees."""
    if resource.model in here:
        return here[resource.model]
    given = {
        field.name: make(field.related_model, here)
        for field in resource.model._meta.concrete_fields
        if field.is_relation
        and has_resource(field.related_model)
        and "view" not in policy_of(field.related_model).everyone
    }
    row = make(resource.model, here, **given)
    row.refresh_from_db()
    return row


def _words() -> dict[str, frozenset[str]]:
    """The texts and keys by which the rows of each kind, and of no other, are told: those with a number."""
    found = {label_of(resource): _words_of(resource) for resource in resources()}
    return {
        label: frozenset(words - set().union(*(other for name, other in found.items() if name != label)))
        for label, words in found.items()
    }


def _words_of(resource: type[Resource]) -> set[str]:
    names = [
        field.name
        for field in resource.model._meta.concrete_fields
        if isinstance(field, WORDS) and not field.choices and field.name != "zone"
    ]
    texts = {str(getattr(row, name)) for row in resource.model._base_manager.all() for name in names}
    return {text for text in texts if len(text) >= SHORTEST and any(map(str.isdecimal, text))}


def token(house: Stage, scopes: Iterable[str]) -> Client:
    """A program with a token of the operator, who may do everything everywhere."""
    secret = new_secret()
    make(Token, account=house.accounts["lord"], digest=digest_of(secret), scopes=sorted(scopes))
    return Client(headers={"Authorization": f"Bearer {secret}"})


def body(answer: Any) -> str:
    sent = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return sent.decode(errors="replace")


def addresses(label: str, row: models.Model) -> Iterator[str]:
    """Every generated address that shows rows of a kind: list, row, history, files, look-up, REST."""
    resource = resource_of(type(row))
    page = f"/{resource.module()}/{resource.address}/"
    yield from (page, f"{page}{row.pk}/", f"{page}{row.pk}/history/")
    if resource.file_fields():
        yield from (f"{page}export/{kind}/" for kind in ("csv", "json"))
    if resource.change:
        yield f"{page}{row.pk}/edit/"
    if "attachments" in resource.abilities:
        yield f"/files/{label}/{row.pk}/"
    if resource.api_fields("r"):
        yield from (f"/api{page[:-1]}", f"/api{page[:-1]}/{row.pk}")


def test_a_token_for_one_kind_of_row_tells_nothing_of_any_other(world):
    asked, faults = 0, []
    for label in map(label_of, some_of(resources(), "one")):
        row = world.rows[label]
        client = token(world.house, [label])
        for place in addresses(label, row):
            answer = client.get(place)
            asked += answer.status_code == 200
            if answer.status_code >= 500:
                faults.append((place, answer.status_code))
            faults += [(place, *told) for told in world.told(body(answer), [label])]
    assert asked > least(300)
    assert not faults, "\n".join(map(str, faults))


def test_a_token_for_all_but_one_kind_of_row_is_told_nothing_of_that_one(world):
    """By none of its own addresses, and by no row that refers to it."""
    asked, faults = 0, []
    for label in map(label_of, some_of(resources(), "all but one")):
        row = world.rows[label]
        others = [other for other in LABELS if other != label]
        client = token(world.house, others)
        for place in addresses(label, row):
            answer = client.get(place)
            asked += 1
            if answer.status_code not in SHUT:
                faults.append((place, answer.status_code))
        for place in (*_referring(world, type(row)), f"/lookup/{label}/?q=e"):
            answer = client.get(place)
            asked += 1
            faults += [(place, *told) for told in world.told(body(answer), others)]
    assert asked > least(600)
    assert not faults, "\n".join(map(str, faults))


def _referring(world: World, model: type[models.Model]) -> Iterator[str]:
    """The pages and REST addresses of rows that refer to a kind which not everybody sees."""
    if "view" in policy_of(model).everyone:
        return
    for label, row in world.rows.items():
        if any(field.related_model is model for field in type(row)._meta.concrete_fields):
            yield from (place for place in addresses(label, row) if "/export/" not in place)


def test_pages_made_by_hand_are_closed_to_tokens_or_show_their_scopes_alone(world):
    """Half of all kinds at a time, so that for any two of them some token has the one without the other."""
    generated = {pattern.name for pattern in resource_urls()}
    pages = [
        pattern
        for pattern in all_addresses(get_resolver().url_patterns)
        if pattern.name not in {*generated, "file"}
        and not pattern.whole.startswith("/api/")
        and "." in permission_of(pattern.callback)
    ]
    faults = []
    for half in halves(LABELS):
        client = token(world.house, half)
        for pattern in pages:
            noun = permission_of(pattern.callback).rpartition(".")[0]
            place = _filled(pattern.whole, world.rows.get(noun))
            answer = client.get(place)
            if answer.status_code not in SHUT and not is_for_programs(pattern.callback):
                faults.append((place, noun, answer.status_code))
            faults += [(place, *told) for told in world.told(body(answer), half)]
    assert len(pages) > 30
    assert not faults, "\n".join(map(str, faults))


def halves(names: list[str]) -> Iterator[list[str]]:
    """Both halves for each binary digit of the names' places."""
    for digit in range((len(names) - 1).bit_length()):
        for side in (0, 1):
            yield [name for place, name in enumerate(names) if place >> digit & 1 == side]


def _filled(whole: str, row: Any) -> str:
    def part(found: re.Match[str]) -> str:
        if found[2] == "number" and hasattr(row, "number"):
            return str(row.number)
        return str(row.pk if row is not None else 1) if found[1] == "int:" else "nothing"

    return re.sub(r"<(\w+:)?(\w+)>", part, whole)


def test_only_pages_that_show_no_row_are_open_to_a_token_of_no_scope(world):
    client = token(world.house, ["nothing"])
    faults = []
    for pattern in all_addresses(get_resolver().url_patterns):
        if (
            permission_of(pattern.callback) == PUBLIC
            and "<" not in pattern.whole
            and "(?P" not in pattern.whole
        ):
            answer = client.get(pattern.whole)
            faults += [(pattern.whole, *told) for told in world.told(body(answer), [])]
    assert not faults, "\n".join(map(str, faults))


def test_a_token_finds_its_scopes_alone(world):
    """Also by words of what a row is found by, such as the messages of an item."""
    while index_pending():
        pass
    account = world.house.accounts["lord"]
    found, faults = 0, []
    for label, words in world.words.items():
        for actor_scopes in ([label], [other for other in LABELS if other != label]):
            actor = actor_of(account, frozenset(actor_scopes))
            for word in sorted(words)[:3]:
                hits = [hit.row._meta.label_lower for hit in find(actor, word).hits]
                found += len(hits)
                faults += [(label, word, hit) for hit in hits if hit not in actor_scopes]
    assert found > 30
    assert not faults, "\n".join(map(str, faults))


def test_a_row_whose_text_names_other_rows_says_what_its_name_is_made_of(world):
    """`titled`, so that each part is shown to whoever may see it."""
    silent = []
    for label, row in world.rows.items():
        fresh = type(row)._base_manager.get(pk=row.pk)
        with CaptureQueriesContext(connection) as asked:
            str(fresh)
        if asked.captured_queries and not resource_of(type(row)).titled:
            silent.append(label)
    assert not silent, ", ".join(silent)


def test_a_file_is_read_with_the_scopes_of_files_and_of_its_row_together(world):
    tried = 0
    files = Attachment._meta.label_lower
    for resource in resources():
        if "attachments" not in resource.abilities:
            continue
        tried += 1
        label, row = label_of(resource), world.rows[label_of(resource)]
        file = attach(actor=MAKER, row=row, name="report.txt", pieces=[b"the words of a file"])
        for scopes, opened in (([files], False), ([label], False), ([files, label], True)):
            client = token(world.house, scopes)
            for place in (f"/file/{file.pk}/", f"/api/attachments/attachments/{file.pk}"):
                answer = client.get(place)
                assert (answer.status_code == 200) is opened, (place, scopes, answer.status_code)
                assert ("the words" in body(answer)) is (opened and "/api/" not in place)
    assert tried


@pytest.mark.parametrize("action", ["export", "change"])
def test_a_scope_of_another_action_reads_no_row(world, action):
    """A token that may only write, or only export, is shown no list, no row and no suggestion."""
    client = token(world.house, [f"*.*.{action}"])
    faults = []
    for label, row in world.rows.items():
        for place in (*addresses(label, row), f"/lookup/{label}/?q=e"):
            if "/export/" in place and action == "export":
                continue
            answer = client.get(place)
            if answer.status_code not in SHUT:
                faults.append((place, answer.status_code))
    assert not faults, "\n".join(map(str, faults))


def test_a_scope_to_view_writes_and_exports_nothing(world):
    client = token(world.house, ["*.*.view"])
    faults = []
    for label, row in world.rows.items():
        resource = resource_of(type(row))
        api = f"/api/{resource.module()}/{resource.address}"
        before = list(type(row)._base_manager.order_by("pk").values())
        answers = [client.get(place) for place in addresses(label, row) if "/export/" in place]
        if resource.api_fields("r"):
            answers += [
                client.patch(f"{api}/{row.pk}", "{}", content_type="application/json"),
                client.delete(f"{api}/{row.pk}"),
            ]
        answers += [
            client.post(f"/{resource.module()}/{resource.address}/{row.pk}/{verb}/")
            for verb in ("edit", "remove", *(verb.name for verb in resource.verbs))
        ]
        faults += [
            (label, answer.request["PATH_INFO"], answer.status_code)
            for answer in answers
            if answer.status_code < 400
        ]
        if list(type(row)._base_manager.order_by("pk").values()) != before:
            faults.append((label, "was written", 0))
    assert not faults, "\n".join(map(str, faults))
