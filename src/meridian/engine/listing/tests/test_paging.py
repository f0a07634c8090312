"""Walking a list meets every row once, in order, whatever the order and the ties."""

import base64
import datetime
from decimal import Decimal

import pytest
from django.http import QueryDict
from house.factory import MAKER, make
from house.nouns import Account, Country, DutyStation, Holding, Region, Site, keeper, region, unit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from meridian.engine.audit import trail
from meridian.engine.listing.keyset import Order, token_of, values_of
from meridian.engine.listing.listing import Listing
from meridian.engine.listing.lookup import referred_row
from meridian.engine.listing.parameters import NotUnderstood
from meridian.engine.resources import resource_of

SITES = resource_of(Site)
SORTS = ("", "code", "-code", "name", "-name", "bandwidth_class", "-criticality", "criticality")
ROWS = some.lists(
    some.tuples(some.sampled_from("aAbÉ中ي"), some.sampled_from("ABCD"), some.integers(1, 4)),
    min_size=1,
    max_size=17,
)


def page(size: int = 50, actor=MAKER, resource=SITES, **parameters: str):
    return Listing(resource, actor, parameters).page(size)


class Walk(TestCase):
    """Forwards to the end and back to the start."""

    @settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
    @given(ROWS, some.integers(1, 6), some.sampled_from(SORTS))
    def test_every_row_once_in_order_there_and_back(self, rows, size, sort):
        station = DutyStation.objects.first() or make(DutyStation)
        with trail.entry("tests.fill", MAKER):
            Site.objects.all().delete()
            Site.objects.bulk_create(
                Site(
                    code=f"S{n}", name=name, bandwidth_class=wide, criticality=critical, duty_station=station
                )
                for n, (name, wide, critical) in enumerate(rows)
            )
        order = Listing(SITES, MAKER, {"sort": sort}).order
        expected = list(Site.objects.order_by(*order.expressions()).values_list("pk", flat=True))
        forwards, last = walk(size, sort, "after")
        assert forwards == expected
        backwards, first = walk(size, sort, "before", last)
        assert backwards == expected[: len(backwards)]
        assert len(backwards) + len(last.rows) == len(expected)
        assert (last.next_token, first.previous_token) == ("", "")


def walk(size, sort, way, start=None):
    """The keys met, and the page at the end of the walk."""
    met: list[int] = []
    now = start or page(size, sort=sort)
    pages = 0
    while True:
        if start is None or pages:
            keys = [row.pk for row in now.rows]
            met = met + keys if way == "after" else keys + met
        token = now.next_token if way == "after" else now.previous_token
        pages += 1
        if not token:
            return met, now
        now = page(size, sort=sort, **{way: token})
        assert pages < 50


@pytest.mark.django_db
def test_a_row_added_or_removed_while_walking_moves_no_other():
    for number in range(6):
        region(f"R{number}")
    first = page(2, resource=resource_of(Region), sort="code")
    region("A-before")
    with trail.entry("tests.remove", MAKER):
        first.rows[1].delete()
    second = page(2, resource=resource_of(Region), sort="code", after=first.next_token)
    assert [row.code for row in second.rows] == ["R2", "R3"]


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


ALTERED = ["x", "!!!!", "é", "A" * 5000, *map(encoded, (
    "null", "[]", "[1]", '{"a": 1}', "[null, null]", '["\\u0000", 1]', '["\\ud800", 1]', '["A", 1e999]',
    '["A", NaN]', '["A", "1; DROP TABLE"]', f'["A", {10**40}]', '[["A"], [1]]', "[" * 20_000,
))]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("way", ["after", "before"])
def test_an_altered_token_is_refused_and_never_taken_for_the_first_page(way):
    region("EAST")
    regions = resource_of(Region)
    for token in ALTERED:
        if values_of(token, Order(regions.order), Region) is not None:
            assert len(page(resource=regions, **{way: token}).rows) <= 1
            continue
        with pytest.raises(NotUnderstood) as refused:
            page(resource=regions, **{way: token})
        assert list(refused.value.faults) == [way], token


@pytest.mark.django_db
def test_a_place_of_another_order_or_two_places_are_refused():
    for code in ("A", "B", "C"):
        region(code)
    regions = resource_of(Region)
    token = page(1, resource=regions, sort="code").next_token
    assert [row.code for row in page(1, resource=regions, sort="code", after=token).rows] == ["B"]
    with pytest.raises(NotUnderstood):
        page(1, resource=regions, sort="code", after=token, before=token)


@given(some.text(max_size=60))
def test_no_text_is_taken_for_a_place_unless_it_is_one(token):
    values = values_of(token, Order(("code",)), Site)
    assert values is None or len(values) == 2


@given(
    some.text(alphabet=some.characters(exclude_categories=("Cs",), exclude_characters="\0")),
    some.integers(1, 2**62),
)
def test_a_token_keeps_the_place(code, key):
    order = Order(("-code",))
    assert values_of(token_of(Site(pk=key, code=code), order), order, Site) == [code, key]


@given(
    some.decimals(-90, 90, places=4),
    some.dates(),
)
def test_a_token_keeps_amounts_and_days(latitude, opened_on):
    station, site = DutyStation(pk=1, latitude=latitude), Site(pk=1, opened_on=opened_on)
    place = Order(("latitude",))
    assert values_of(token_of(station, place), place, DutyStation) == [Decimal(latitude), 1]
    day = Order(("opened_on",))
    assert values_of(token_of(site, day), day, Site) == [opened_on, 1]


@pytest.fixture
def sites(db) -> dict[str, Site]:
    opened = datetime.date(2026, 1, 1)
    return {
        code: make(
            Site, code=code, name=code, bandwidth_class=wide, opened_on=opened + datetime.timedelta(days=days)
        )
        for code, wide, days in (("ONE", "A", 0), ("TWO", "B", 1), ("THREE", "B", 2))
    }


def codes(**parameters: str) -> list[str]:
    return sorted(row.code for row in page(**parameters).rows)


def test_filters_narrow(sites):
    assert codes(bandwidth_class="B") == ["THREE", "TWO"]
    assert codes(opened_on_from="2026-01-02") == ["THREE", "TWO"]
    assert codes(opened_on_to="2026-01-02") == ["ONE", "TWO"]
    assert codes(opened_on_from="2026-01-02", opened_on_to="2026-01-02") == ["TWO"]
    station = sites["ONE"].duty_station
    assert codes(duty_station=station.code) == codes(duty_station=str(station.pk)) == ["ONE"]
    assert codes(duty_station=f"{station.code} · {station}", bandwidth_class="B") == []


def test_what_was_chosen_is_said_in_words(sites):
    chosen = page(bandwidth_class="A", opened_on_from="2026-01-01").chosen
    assert {found.parameter: found.words for found in chosen} == {
        "bandwidth_class": "A · fibre, 100 Mbit/s and more",
        "opened_on_from": "2026-01-01",
    }


@pytest.mark.django_db
def test_a_yes_or_no_filters_units():
    from_ict, other = unit("ICT", provides_ict=True), unit("OTHER")
    resource = resource_of(type(from_ict))
    for text, expected in (("true", from_ict), ("True", from_ict), ("false", other)):
        assert page(resource=resource, provides_ict=text).rows == [expected]


@pytest.mark.parametrize(
    ("parameter", "text"),
    [
        ("bandwidth_class", "Z"),
        ("opened_on_from", "yesterday"),
        ("opened_on_to", "2026-02-30"),
        ("duty_station", "NOWHERE"),
        ("duty_station", "9" * 40),
        ("criticality", "one"),
        ("duty_station", " · "),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused_and_shows_no_row(sites, parameter, text):
    asked = Listing(SITES, MAKER, {parameter: text})
    assert list(asked.faults) == [parameter]
    assert asked.chosen == []
    for give in (asked.page, asked.rows, lambda: asked.rows("export")):
        with pytest.raises(NotUnderstood):
            give()


def test_unknown_parameters_and_sorts_are_refused_with_the_near_ones(sites):
    given = {"sort": "nome", "openedon_from": "2026-01-01", "duty_station__code": "ONE", "utm_id": "1"}
    asked = Listing(SITES, MAKER, given)
    assert set(asked.faults) == set(given)
    assert "“name”" in asked.faults["sort"]
    assert "“opened_on_from”" in asked.faults["openedon_from"]
    assert "“duty_station”" in asked.faults["duty_station__code"]
    assert "bandwidth_class" in asked.faults["utm_id"]


def test_a_list_shows_no_row_that_the_actor_may_not_see(sites):
    for name in ("one", "two"):
        make(Account, username=name)
    assert page(resource=resource_of(Account), actor=keeper()).rows == []
    assert len(page(resource=resource_of(Account)).rows) == 2


def test_a_row_is_meant_by_its_key_before_its_number(sites):
    other = sites["ONE"]
    named = make(Site, code=str(other.pk), name="Named after a number")
    assert referred_row(Site, str(other.pk), MAKER) == named
    assert referred_row(Site, "ONE · anything at all", MAKER) == other


def test_a_page_of_a_short_list_counts_without_asking(sites):
    assert page().total == 3
    assert page(2).total == 3
    assert page(2, after=page(2).next_token).total == 3


def test_a_query_string_may_be_a_query_dict(sites):
    found = Listing(SITES, MAKER, QueryDict("bandwidth_class=A")).page()
    assert [row.code for row in found.rows] == ["ONE"]


def test_any_of_several_values_of_a_filter_will_do(sites):
    asked = Listing(SITES, MAKER, QueryDict("bandwidth_class=B&bandwidth_class=A&bandwidth_class=A"))
    assert {row.bandwidth_class for row in asked.page().rows} == {"A", "B"}
    assert [found.asked for found in asked.chosen] == ["B", "A"]
    with pytest.raises(NotUnderstood, match="none of what can be chosen"):
        Listing(SITES, MAKER, QueryDict("bandwidth_class=A&bandwidth_class=Z")).page()


def test_what_makes_sense_once_only_is_refused_when_it_is_given_twice(sites):
    for query in ("sort=code&sort=-code", "q=one&q=two"):
        with pytest.raises(NotUnderstood, match="more than once"):
            Listing(SITES, MAKER, QueryDict(query)).page()


def test_words_narrow_a_list_by_its_own_fields_and_by_the_names_of_what_is_seen(sites):
    found = Listing(SITES, MAKER, QueryDict("q=one")).page()
    assert "ONE" in [row.code for row in found.rows]
    station = found.rows[0].duty_station
    assert Listing(SITES, MAKER, QueryDict(f"q={station.code.lower()}")).page().rows
    assert Listing(SITES, MAKER, QueryDict(f"q=one+{station.code}+nowhere")).page().rows == []
    with pytest.raises(NotUnderstood, match="at most"):
        Listing(SITES, MAKER, {"q": "x" * 300}).page()


@pytest.mark.django_db
def test_words_do_not_find_by_the_name_of_a_row_that_is_not_the_readers_to_see():
    account = make(Account, username="watcher")
    make(Holding, account=account)
    holdings, asked = resource_of(Holding), QueryDict("q=watcher")
    blind = keeper("access.holding.view")
    assert len(Listing(holdings, MAKER, asked).page().rows) == 1
    assert len(Listing(holdings, blind, QueryDict("")).page().rows) == 1
    assert Listing(holdings, blind, asked).page().rows == []


@pytest.mark.django_db
def test_countries_sort_by_region_name_never_by_what_is_not_sortable():
    make(Country)
    with pytest.raises(NotUnderstood):
        page(resource=resource_of(Country), sort="name")
    assert page(resource=resource_of(Country)).order == Order(resource_of(Country).order)
