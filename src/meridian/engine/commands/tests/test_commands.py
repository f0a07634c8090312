"""A command is carried out whole, by who may, on what stands now, or not at all."""

import pytest
from house.factory import MAKER, make
from house.nouns import (
    Affiliation,
    Country,
    Holding,
    Person,
    Region,
    Unit,
    add_affiliation,
    add_region,
    change_region,
    change_unit,
    keeper,
    region,
    remove_holding,
    remove_region,
    unit,
)

from meridian.engine.audit.models import Entry
from meridian.engine.commands import Conflict, Refusal, Unpermitted, Unseen, command, commands
from meridian.engine.policies import ANONYMOUS, Actor

pytestmark = pytest.mark.django_db
STRANGER = keeper()


def test_every_command_is_named_module_noun_verb_after_its_model():
    for name, facts in commands().items():
        module, noun, verb = name.split(".")
        assert (module, noun) == (facts.model._meta.app_label, facts.model._meta.model_name), name
        assert verb == facts.action or verb.startswith(f"{facts.action}_")


def test_without_any_right_the_answer_is_the_same_whether_there_is_a_row_or_not():
    row = region("EAST")
    gone = Region(pk=row.pk + 999)
    for target in (row, gone):
        with pytest.raises(Unpermitted) as refused:
            remove_region(actor=STRANGER, row=target)
        assert "places.region.remove" in str(refused.value)
    assert Region.objects.filter(pk=row.pk).exists()


def test_what_does_not_exist_is_unseen():
    with pytest.raises(Unseen):
        change_region(actor=MAKER, row=Region(pk=123456), code="X")


def test_seen_but_in_another_unit_is_unpermitted():
    here, there = unit("HERE"), unit("THERE")
    actor = keeper("organisation", path=here.path)
    with pytest.raises(Unpermitted):
        change_unit(actor=actor, row=there, code="MINE")
    assert change_unit(actor=actor, row=here, code="MINE").code == "MINE"


def test_neither_seen_nor_permitted_is_unseen():
    held = make(Holding, unit=unit("THERE"))
    with pytest.raises(Unseen):
        remove_holding(actor=keeper("access.holding", path=unit("HERE").path), row=held)
    assert Holding.objects.filter(pk=held.pk).exists()


def test_a_stale_version_is_a_conflict_that_shows_the_present_row():
    row = region("EAST")
    change_region(actor=MAKER, row=row, code="WEST")
    with pytest.raises(Conflict) as refused:
        change_region(actor=MAKER, row=row, expected_version=1, code="NORTH")
    assert refused.value.current.code == "WEST"
    assert change_region(actor=MAKER, row=row, expected_version=2, code="NORTH").code == "NORTH"


def test_a_command_gets_the_row_as_it_stands_not_as_it_was_handed_over():
    row = region("EAST")
    change_region(actor=MAKER, row=Region.objects.get(), name={"en": "Later"})
    assert str(change_region(actor=MAKER, row=row, code="WEST").name) == "Later"


def test_a_row_made_outside_of_the_actors_units_is_undone():
    here, there = unit("HERE"), unit("THERE")
    actor = keeper("people", path=here.path)
    person = make(Person)
    make(Affiliation, person=person, unit=here)
    add = {"person": person, "category": "local", "starts_on": "2026-01-01"}
    before = Affiliation.objects.count(), Entry.objects.count()
    with pytest.raises(Unpermitted, match="outside of the units"):
        add_affiliation(actor=actor, unit=there, **add)
    assert (Affiliation.objects.count(), Entry.objects.count()) == before
    assert add_affiliation(actor=actor, unit=here, **add).unit == here


def test_a_constraint_speaks_with_the_words_of_its_model():
    with pytest.raises(Refusal, match="ends after it starts"):
        unit("LATE", starts_on="2026-01-01", ends_on="2025-01-01")


def test_a_constraint_met_only_by_the_database_speaks_alike(spare):
    @command("places.region.slip", on=Region)
    def slip(*, actor: Actor, code: str) -> Region:
        return Region.objects.create(code=code, name={"en": "Unchecked"})

    @command("organisation.unit.slip", on=Unit, target="row")
    def slip_unit(*, actor: Actor, row: Unit) -> None:
        Unit.objects.filter(pk=row.pk).update(ends_on="1900-01-01")

    slip(actor=MAKER, code="EAST")
    with pytest.raises(Refusal, match="Another row has this already: code") as refused:
        slip(actor=MAKER, code="EAST")
    assert refused.value.field == "code"
    with pytest.raises(Refusal, match="ends after it starts"):
        slip_unit(actor=MAKER, row=unit("HERE"))


def test_two_commands_never_bear_one_name(spare):
    with pytest.raises(RuntimeError, match=r"places\.region\.add"):
        command("places.region.add", on=Region)(lambda **given: None)


def test_a_reason_is_kept_in_the_entry():
    region("EAST")
    change_region(actor=MAKER, row=Region.objects.get(), code="WEST", reason="moved")
    assert Entry.objects.latest("id").reason == "moved"


def test_what_is_referred_to_can_not_be_removed():
    used = make(Country).region
    with pytest.raises(Refusal, match="refer to this one"):
        remove_region(actor=MAKER, row=used)
    assert Region.objects.filter(pk=used.pk).exists()


def test_nobody_and_the_unknown_may_nothing():
    for actor in (ANONYMOUS, STRANGER):
        with pytest.raises(Unpermitted):
            add_region(actor=actor, code="X", name={"en": "X"})
    assert not Region.objects.exists()
