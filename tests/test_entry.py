"""Doors by law: every address of the house says whom it lets in, and answers as it says."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from house.actors import Stage, stage
from house.factory import make

from meridian.engine.audit.models import Change
from meridian.engine.commands import Unpermitted
from meridian.engine.pages.asked import HOUSE
from meridian.engine.pages.entry import (
    PUBLIC,
    all_addresses,
    may_enter,
    permission_of,
    refuse_entry,
)
from meridian.engine.pages.urls import resource_urls
from meridian.engine.policies import policy_of
from meridian.engine.resources import resources
from meridian.registers.access.models import Token
from meridian.registers.access.queries import actor_of
from meridian.registers.access.rules import digest_of, new_secret
from meridian.registers.organisation.models import Unit

pytestmark = pytest.mark.django_db
GENERATED = "meridian.engine.pages."
LOGIN = "/account/login/"
PARAMETER = re.compile(r"<(\w+:)?(\w+)>")
WITH_FILES = next(
    found
    for found in resources()
    if "attachments" in found.abilities and "view" not in policy_of(found.model).everyone
)
WORDS = {"label": WITH_FILES.model._meta.label_lower, "form": "csv", "verb": "save"}


@pytest.fixture
def house() -> Stage:
    return stage()


def addresses() -> list[URLPattern]:
    """Every address but those of the interface, which asks by itself."""
    found = all_addresses(get_resolver().url_patterns)
    return [pattern for pattern in found if not pattern.whole.startswith("/api/")]


def made_by_hand() -> list[URLPattern]:
    """Those that no resource brings along; `test_house` asks the others."""
    generated = {pattern.name for pattern in resource_urls() if pattern.name != "lookup"}
    return [
        pattern
        for pattern in addresses()
        if pattern.name not in generated or not pattern.callback.__module__.startswith(GENERATED)
    ]


def model_of(pattern: URLPattern) -> Any:
    """The model whose rows a page shows, if its permission names one."""
    noun = permission_of(pattern.callback).rpartition(".")[0]
    return next((found.model for found in resources() if found.model._meta.label_lower == noun), None)


def row_for(pattern: URLPattern, house: Stage, made: dict[Any, Any]) -> Any:
    """Somebody else's row for a page that shows one; made once a model."""
    model = WITH_FILES.model if "label>/<int" in pattern.whole else model_of(pattern)
    if model is None or "<" not in pattern.whole:
        return None
    if model not in made:
        made[model] = make(Unit, parent=house.here) if model is Unit else make(model, {Unit: house.here})
    return made[model]


def place_of(pattern: URLPattern, row: Any) -> str:
    """The address with its parameters filled in: the row where there is one."""

    def filled(found: re.Match[str]) -> str:
        kind, name = found.groups()
        if name == "number" and hasattr(row, "number"):
            return str(row.number)
        return str(row.pk if row is not None else 1) if kind == "int:" else WORDS.get(name, "nothing")

    return PARAMETER.sub(filled, pattern.whole)


def is_sent_to_sign_in(answer: Any) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(LOGIN)


def test_every_page_of_the_house_says_whom_it_lets_in():
    silent = [
        pattern.whole
        for pattern in addresses()
        if not permission_of(pattern.callback)
        and getattr(pattern.callback, "__module__", "").startswith((HOUSE, "allauth"))
    ]
    assert silent == []


def test_a_page_that_says_nothing_is_closed_to_everybody(house):
    def silent(request):
        raise AssertionError

    silent.__module__ = f"{HOUSE}new.pages"
    with pytest.raises(Unpermitted):
        refuse_entry(actor_of(house.accounts["lord"]), silent)


def test_every_address_sends_whoever_has_not_signed_in_to_sign_in(house):
    made: dict[Any, Any] = {}
    asked, faults = 0, []
    for pattern in made_by_hand():
        needed, place = permission_of(pattern.callback), place_of(pattern, row_for(pattern, house, made))
        opened = needed == PUBLIC or needed.rpartition(".")[2] in _public(pattern)
        before = Change.objects.count()
        for method in ("get", "post"):
            answer = getattr(Client(), method)(place)
            asked += 1
            right = answer.status_code not in (403, 500) if opened else is_sent_to_sign_in(answer)
            if not right:
                faults.append((method, place, needed, answer.status_code))
        if Change.objects.count() != before:
            faults.append(("wrote", place, needed, 0))
    assert asked > 100
    assert not faults, "\n".join(map(str, faults))


def _public(pattern: URLPattern) -> frozenset[str]:
    model = model_of(pattern)
    return policy_of(model).public if model else frozenset()


def test_every_address_lets_a_stranger_in_as_it_says_and_no_further(house):
    """By the permission at large; and where rows are not for everybody, not at somebody else's row."""
    client, stranger = house.clients["stranger"], actor_of(house.accounts["stranger"])
    made: dict[Any, Any] = {}
    faults = []
    for pattern in made_by_hand():
        needed = permission_of(pattern.callback)
        if needed == PUBLIC or pattern.name in ("account_logout",):
            continue
        row = row_for(pattern, house, made)
        place = place_of(pattern, row)
        entered = may_enter(stranger, needed)
        shut = row is not None and not _sees(stranger, row, needed)
        before = Change.objects.count()
        for method in ("get", "post"):
            answer = getattr(client, method)(place)
            right = answer.status_code < 500 and not is_sent_to_sign_in(answer)
            if not entered or shut:
                right = answer.status_code in ((403, 404, 405) if entered else (403,))
            if not right:
                faults.append((method, place, needed, answer.status_code))
        if (not entered or shut) and Change.objects.count() != before:
            faults.append(("wrote", place, needed, 0))
    assert not faults, "\n".join(map(str, faults))


def _sees(actor: Any, row: Any, needed: str) -> bool:
    action = needed.rpartition(".")[2]
    scope = policy_of(type(row)).scope(actor, action if action == "follow" else "view")
    return type(row)._base_manager.filter(scope, pk=row.pk).exists()


def test_no_address_lets_a_token_in_for_what_lies_outside_of_its_scopes(house):
    account = house.accounts["lord"]
    secret = new_secret()
    make(Token, account=account, digest=digest_of(secret), scopes=["nothing"])
    headers = {"Authorization": f"Bearer {secret}"}
    made: dict[Any, Any] = {}
    faults = []
    for pattern in made_by_hand():
        needed = permission_of(pattern.callback)
        if needed == PUBLIC:
            continue
        place = place_of(pattern, row_for(pattern, house, made))
        for method in ("get", "post"):
            status = getattr(Client(headers=headers), method)(place).status_code
            if status != 403:
                faults.append((method, place, needed, status))
    assert not faults, "\n".join(map(str, faults))
