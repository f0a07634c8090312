"""Values as people read them: every resource's list, page and history, in six languages."""

import datetime
import itertools
import re
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, models, transaction
from django.utils import translation
from django.utils.html import strip_tags
from house import factory
from house.actors import Stage, stage
from house.factory import MAKER, make
from house.seeds import owning
from house.shares import some_of

from meridian.engine.audit import trail
from meridian.engine.policies import OwnPolicy
from meridian.engine.resources import Resource, resources
from meridian.engine.values import kind_of
from meridian.registers.access.models import Account
from meridian.registers.organisation.models import Unit

pytestmark = pytest.mark.django_db
LANGUAGES = [code for code, _name in settings.LANGUAGES]
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@pytest.fixture(autouse=True)
def small_numbers(monkeypatch):
    """Names made of long numbers would look like figures without groups, late in a long run of tests."""
    monkeypatch.setattr(factory, "_counter", itertools.count(101))


TECHNICAL = re.compile(r"(?:None|True|False|Decimal\(|datetime\.|<[\w.]+ object|\{'|\['|Translations\()")
THOUSANDS = re.compile(r"(?<![\w.,/#\u00a0\u202f-])\d{5,}(?![\w/-])")
INVISIBLE = dict.fromkeys(map(ord, "\u200e\u200f\u2066\u2067\u2068\u2069"))


def telling(field: Any) -> Any:
    """A value that shows how a field is told: a late choice, a large number, a day; None to leave it."""
    if field.is_relation or not field.editable:
        return None
    if field.choices:
        return [key for key, _words in field.flatchoices if key not in ("", None)][-1]
    kinds = (
        (models.DateTimeField, datetime.datetime(2027, 4, 3, 14, 5, tzinfo=datetime.UTC)),
        (models.DateField, datetime.date(2027, 4, 3)),
    )
    for kind, value in kinds:
        if isinstance(field, kind):
            return value
    if isinstance(field, models.DecimalField) and field.max_digits - field.decimal_places >= 7:
        return Decimal(1234567)
    if isinstance(field, models.IntegerField) and kind_of(field) == "number":
        return None if "Small" in type(field).__name__ else 1234567
    return None


def told_row(resource: type[Resource], house: Stage) -> tuple[models.Model, dict[str, Any]]:
    """A row whose fields say much, and which of them do; the database may refuse some of them."""
    own = {Account: house.accounts["lord"]} if issubclass(resource.policy, OwnPolicy) else {}
    row = make(resource.model, {**own} if resource.model is Unit else {Unit: house.here, **own})
    told = {}
    for declared in resource.fields:
        value = telling(resource.field(declared.name))
        if value is None or resource.appended:
            continue
        try:
            with transaction.atomic(), trail.entry("tests.tell", MAKER), owning():
                resource.model._base_manager.filter(pk=row.pk).update(**{declared.name: value})
        except DatabaseError:
            value = None  # the database has its own say; what it refuses stays as it is
        if value is not None:
            told[declared.name] = value
    row.refresh_from_db()
    return row, told


def shown(answer) -> str:
    """What a person reads of the page's own part."""
    page = answer.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    main = re.sub(r"<(script|style|template|form|select|option)\b.*?</\1>", " ", main, flags=re.S)
    return strip_tags(re.sub(r"<(?=/?(td|th|li|dt|dd|p|tr|b|h1|h2)\b)", " <", main)).translate(INVISIBLE)


def table(answer) -> str:
    """What a person reads of the rows of a list."""
    page = answer.content.decode()
    found = page[page.index("<tbody") : page.index("</tbody>")] if "<tbody" in page else ""
    return strip_tags(found.replace("<t", " <t")).translate(INVISIBLE)


def faults(text: str, resource: type[Resource], told: dict[str, Any]) -> list[str]:
    found = ISO.findall(text) + TECHNICAL.findall(text) + THOUSANDS.findall(text)
    for name in told:
        field = resource.field(name)
        if not field.choices:
            continue
        code = str(told[name])
        words = str(dict(field.flatchoices)[told[name]])
        if code != words and "_" in code and re.search(rf"(?<![\w-]){re.escape(code)}(?![\w-])", text):
            found.append(f"{name}: {code}")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_list_page_or_history_shows_what_only_programs_read(language):
    house = stage()
    client = house.clients["lord"]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    wrong = []
    for resource in some_of(resources(), language):
        point = transaction.savepoint()
        row, told = told_row(resource, house)
        page = f"/{resource.module()}/{resource.address}/"
        with translation.override(language):
            seen = (
                ("list", table(client.get(page, headers={"HX-Target": "list"}))),
                ("page", shown(client.get(f"{page}{row.pk}/"))),
                ("history", shown(client.get(f"{page}{row.pk}/history/"))),
            )
            for place, text in seen:
                wrong += [(page, place, fault) for fault in faults(text, resource, told)]
        transaction.savepoint_rollback(point)
    assert not wrong, "\n".join(map(str, wrong[:60]))
