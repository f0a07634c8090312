"""People, where they belong and what they hand to others."""

import datetime

import pytest
from house.factory import MAKER, make
from house.nouns import Unit

from meridian.engine.commands import Refusal, Unpermitted
from meridian.engine.policies import Actor, Grant
from meridian.registers.people.commands import add_affiliation, add_delegation
from meridian.registers.people.facade import count_ict_people_by_location_group
from meridian.registers.people.models import Affiliation, Delegation, Person

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 3, 1)


def test_ict_people_are_counted_once_each_on_the_day_by_location_group():
    field, desk = make(Unit, location_group="missions"), make(Unit, location_group="headquarters")
    twice, once, gone, other = (make(Person) for _ in range(4))
    places = [
        (twice, field, True, None), (twice, field, True, None), (once, desk, True, "2026-03-02"),
        (gone, desk, True, "2026-03-01"), (other, desk, False, None),
    ]  # fmt: skip
    for person, unit, ict, until in places:
        make(Affiliation, person=person, unit=unit, works_in_ict=ict, starts_on="2026-01-01", ends_on=until)
    assert count_ict_people_by_location_group(DAY) == {"missions": 1, "headquarters": 1}


def test_an_affiliation_ends_after_it_starts():
    with pytest.raises(Refusal, match="ends after it starts"):
        add_affiliation(
            actor=MAKER, person=make(Person), unit=make(Unit), category="local",
            starts_on="2026-02-01", ends_on="2026-02-01",
        )  # fmt: skip


def hand_over(actor: Actor, giver: Person, taker: Person) -> Delegation:
    starts_at = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    times = {"starts_at": starts_at, "ends_at": starts_at + datetime.timedelta(days=1)}
    return add_delegation(actor=actor, giver=giver, taker=taker, permissions=["places"], **times)


def test_a_delegation_is_made_by_its_giver_alone_and_seen_by_both():
    giver, taker, third = (make(Person) for _ in range(3))
    held = (Grant(frozenset({"places.site"}), "1/"),)
    actors = {
        person: Actor(person.pk + 1_000, person.pk, str(person), held) for person in (giver, taker, third)
    }
    for person in (taker, third):
        with pytest.raises(Unpermitted):
            hand_over(actors[person], giver, taker)
    made = hand_over(actors[giver], giver, taker)
    for person, seen in ((giver, True), (taker, True), (third, False)):
        assert Delegation.objects.permitted(actors[person]).filter(pk=made.pk).exists() is seen


def test_nobody_delegates_to_oneself():
    giver = make(Person)
    with pytest.raises(Refusal, match="goes to another person"):
        hand_over(MAKER, giver, giver)
