"""What decides rights is given only by one who holds it, never to oneself, and never wider."""

import datetime

import pytest
from django.utils import timezone
from house.factory import MAKER, make
from house.nouns import add_affiliation, add_delegation, change_delegation

from meridian.engine.commands import Refusal, Unpermitted
from meridian.engine.policies import Actor
from meridian.registers.access.commands import (
    add_account,
    add_holding,
    add_role,
    change_account,
    change_holding,
    change_role,
)
from meridian.registers.access.models import Account, Holding, Role
from meridian.registers.access.queries import actor_of
from meridian.registers.organisation.testing import Unit
from meridian.registers.people.testing import Affiliation, Delegation, Person

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
CHARGE = ["access.holding", "access.account", "people", "places.site"]


@pytest.fixture
def here() -> Unit:
    return make(Unit)


@pytest.fixture
def elsewhere() -> Unit:
    return make(Unit)


def somebody(unit: Unit, **held: list[str]) -> Account:
    """An account whose person belongs to the unit; `at` is held there, `everywhere` without a unit."""
    account = make(Account, person=make(Person, email=f"p{Person.objects.count()}@meridian.example"))
    account.person.affiliations.all()
    Affiliation.objects.filter(person=account.person)
    make(Affiliation, person=account.person, unit=unit)
    for place, permissions in held.items():
        hold(account, permissions, unit if place == "at" else None)
    return account


def hold(account: Account, permissions: list[str], unit: Unit | None, **given) -> Holding:
    role = make(Role, permissions=permissions)
    return make(Holding, account=account, role=role, unit=unit, starts_at=timezone.now() - DAY, **given)


def times() -> dict[str, datetime.datetime]:
    return {"starts_at": timezone.now() - DAY, "ends_at": timezone.now() + DAY}


def test_a_role_is_given_within_what_its_giver_holds_there(here, elsewhere):
    giver, taker = actor_of(somebody(here, at=CHARGE)), somebody(here)
    fitting = make(Role, permissions=["places.site.change", "people.person"])
    assert add_holding(actor=giver, account=taker, role=fitting, unit=here).pk
    below = make(Unit, parent=here)
    assert add_holding(actor=giver, account=taker, role=fitting, unit=below).pk
    for unit in (elsewhere, None):
        with pytest.raises(Unpermitted) as refused:
            add_holding(actor=giver, account=taker, role=fitting, unit=unit)
        assert refused.value.field == "unit"


@pytest.mark.parametrize(
    "permission", ["*", "places", "*.*.view", "places.region.change", "access.role.change"]
)
def test_a_role_that_allows_more_than_its_giver_holds_is_not_given(here, permission):
    giver, taker = actor_of(somebody(here, at=CHARGE)), somebody(here)
    wide = make(Role, permissions=["places.site.change", permission])
    with pytest.raises(Unpermitted, match="more than you hold") as refused:
        add_holding(actor=giver, account=taker, role=wide, unit=here)
    assert refused.value.field == "role"
    held = hold(taker, ["places.site.change"], here)
    with pytest.raises(Unpermitted):
        change_holding(actor=giver, row=held, role=wide)


def test_a_role_is_given_for_no_longer_than_its_giver_holds_it(here):
    account, taker = somebody(here), somebody(here)
    until = timezone.now() + 3 * DAY
    hold(account, CHARGE, here, ends_at=until)
    giver, role = actor_of(account), make(Role, permissions=["places.site"])
    for ends_at in (None, until + DAY):
        with pytest.raises(Unpermitted, match="shorter time"):
            add_holding(actor=giver, account=taker, role=role, unit=here, ends_at=ends_at)
    assert add_holding(actor=giver, account=taker, role=role, unit=here, ends_at=until).pk


def test_nobody_gives_a_role_to_oneself_not_even_whoever_holds_everything(here):
    account = somebody(here, everywhere=["*"])
    with pytest.raises(Unpermitted, match="to oneself"):
        add_holding(actor=actor_of(account), account=account, role=make(Role), unit=here)
    mine = hold(account, ["places"], here)
    with pytest.raises(Unpermitted, match="to oneself"):
        change_holding(actor=actor_of(account), row=mine, unit=None)


def test_ones_own_role_does_not_become_one_everywhere(here):
    account = somebody(here, at=CHARGE)
    for unit in (None, make(Unit)):
        with pytest.raises(Unpermitted):
            change_holding(actor=actor_of(account), row=account.holdings.get(), unit=unit)
    assert account.holdings.get().unit == here


def test_a_holding_never_becomes_somebody_elses(here):
    giver, first, second = actor_of(somebody(here, at=CHARGE)), somebody(here), somebody(here)
    held = hold(first, ["places.site"], here)
    with pytest.raises(Unpermitted, match="stays as it was made") as refused:
        change_holding(actor=giver, row=held, account=second)
    assert refused.value.field == "account"


def test_what_was_delegated_is_not_given_as_a_role(here):
    giver, deputy, third = somebody(here, at=CHARGE), somebody(here), somebody(here)
    make(Delegation, giver=giver.person, taker=deputy.person, permissions=["*"], **times())
    actor = actor_of(deputy)
    assert actor.holds("access.holding.add")
    role = make(Role, permissions=["places.site.view"])
    with pytest.raises(Unpermitted):
        add_holding(actor=actor, account=third, role=role, unit=here)
    with pytest.raises(Refusal, match="nothing to hand over"):
        add_delegation(
            actor=actor, giver=deputy.person, taker=third.person, permissions=["places.site"], **times()
        )


def test_a_token_gives_no_more_than_its_scopes(here):
    account, taker = somebody(here, at=CHARGE), somebody(here)
    token = actor_of(account, frozenset({"*.*.view", "access.holding", "people.delegation"}))
    role = make(Role, permissions=["places.site"])
    with pytest.raises(Unpermitted):
        add_holding(actor=token, account=taker, role=role, unit=here)
    with pytest.raises(Refusal, match="nothing to hand over"):
        add_delegation(
            actor=token, giver=account.person, taker=taker.person, permissions=["places.site"], **times()
        )


def test_a_role_becomes_wider_only_by_one_who_holds_what_it_gains_wherever_it_is_held(here, elsewhere):
    account = somebody(here, at=CHARGE, everywhere=["access.role"])
    keeper, held = actor_of(account), make(Role, permissions=["places.region"])
    assert change_role(actor=keeper, row=held, permissions=["*"]).permissions == ["*"]
    held = make(Role, permissions=["places.site.view"])
    make(Holding, account=somebody(here), role=held, unit=here)
    assert change_role(actor=keeper, row=held, permissions=["places.site"]).pk
    for gained in ("places", "*", "access.token"):
        with pytest.raises(Unpermitted, match="would gain more") as refused:
            change_role(actor=keeper, row=held, permissions=["places.site", gained])
        assert refused.value.field == "permissions"
    make(Holding, account=somebody(elsewhere), role=held, unit=elsewhere)
    with pytest.raises(Unpermitted, match="would gain more"):
        change_role(actor=keeper, row=held, permissions=["places.site", "people.person"])
    assert change_role(actor=keeper, row=held, permissions=["places.site.view"]).pk


def test_nobody_widens_the_role_that_they_hold(here):
    account = somebody(here, everywhere=["access.role"])
    role = account.holdings.get().role
    with pytest.raises(Unpermitted, match="would gain more"):
        change_role(actor=actor_of(account), row=role, permissions=["*"])
    assert add_role(actor=actor_of(account), code="new", name={"en": "New"}, permissions=["*"]).pk


def test_the_two_reported_calls_make_nobody_an_operator(here):
    operator, nobody = somebody(here, everywhere=["*"]), somebody(here)
    friend = somebody(here)
    actor = actor_of(nobody)
    with pytest.raises(Refusal, match="nothing to hand over"):
        add_delegation(actor=actor, giver=nobody.person, taker=friend.person, permissions=["*"], **times())
    made = make(Delegation, giver=nobody.person, taker=friend.person, permissions=["*"], **times())
    for changed in (
        {"giver": operator.person, "taker": nobody.person},
        {"giver": operator.person},
        {"taker": nobody.person},
        {"taker": operator.person},
    ):
        with pytest.raises(Refusal):
            change_delegation(actor=actor, row=made, **changed)
    assert not actor_of(nobody).grants


def test_a_delegation_never_goes_to_whoever_makes_it(here):
    operator, other = somebody(here, everywhere=["*"]), somebody(here, at=["places"])
    with pytest.raises(Unpermitted, match="to oneself"):
        add_delegation(
            actor=actor_of(operator),
            giver=other.person,
            taker=operator.person,
            permissions=["places"],
            **times(),
        )


def test_a_delegation_in_anothers_name_needs_all_of_it_everywhere(here):
    clerk, giver, taker = somebody(here, everywhere=["people.delegation"]), somebody(here), somebody(here)
    given = {"giver": giver.person, "taker": taker.person, **times()}
    with pytest.raises(Unpermitted, match="hold it everywhere") as refused:
        add_delegation(actor=actor_of(clerk), permissions=["places"], **given)
    assert refused.value.field == "permissions"
    assert add_delegation(actor=actor_of(clerk), permissions=["people.delegation.view"], **given).pk


def test_a_unit_takes_in_nobody_whom_it_does_not_keep(here, elsewhere):
    keeper, theirs, ours = actor_of(somebody(here, at=CHARGE)), somebody(elsewhere), somebody(here)
    add = {"unit": here, "category": "local", "starts_on": "2026-01-01"}
    with pytest.raises(Unpermitted, match="not in your charge") as refused:
        add_affiliation(actor=keeper, person=theirs.person, **add)
    assert refused.value.field == "person"
    assert add_affiliation(actor=keeper, person=ours.person, **add).pk
    with pytest.raises(Refusal):
        change_account(actor=keeper, row=theirs, email="mine@meridian.example")


def test_a_unit_that_somebody_has_left_keeps_them_no_longer(here, elsewhere):
    keeper, gone = actor_of(somebody(here, at=CHARGE)), somebody(elsewhere)
    make(Affiliation, person=gone.person, unit=here, starts_on="2020-01-01", ends_on="2021-01-01")
    assert not Person.objects.permitted(keeper, "change").filter(pk=gone.person_id).exists()
    assert not Account.objects.permitted(keeper, "change").filter(pk=gone.pk).exists()


@pytest.mark.parametrize(
    "changed",
    [{"email": "mine@meridian.example"}, {"username": "other"}, {"is_active": False}, {"person": None}],
)
def test_who_signs_in_as_somebody_mightier_is_not_decided_by_their_unit(here, changed):
    keeper = actor_of(somebody(here, at=CHARGE, everywhere=["access.account.view"]))
    operator, later, deputy, plain = (somebody(here) for _ in range(4))
    hold(operator, ["*"], None)
    tomorrow = timezone.now() + DAY
    make(Holding, account=later, role=make(Role, permissions=["*"]), unit=None, starts_at=tomorrow)
    make(Delegation, giver=operator.person, taker=deputy.person, permissions=["*"], **times())
    for mighty in (operator, later, deputy):
        with pytest.raises(Unpermitted, match="more than you do"):
            change_account(actor=keeper, row=mighty, **changed)
    if "person" not in changed:
        assert change_account(actor=keeper, row=plain, **changed).pk
    assert change_account(actor=keeper, row=operator, language="fr").language == "fr"


def test_an_account_is_not_made_for_whom_one_does_not_keep(here, elsewhere):
    keeper = actor_of(somebody(here, at=CHARGE))
    theirs, ours, deputy = make(Person), make(Person), make(Person)
    for person in (ours, deputy):
        make(Affiliation, person=person, unit=here)
    operator = somebody(elsewhere, everywhere=["*"])
    make(Delegation, giver=operator.person, taker=deputy, permissions=["*"], **times())
    with pytest.raises(Unpermitted, match="not in your charge"):
        add_account(actor=keeper, username="theirs", person=theirs)
    with pytest.raises(Unpermitted, match="more than you do"):
        add_account(actor=keeper, username="deputy", person=deputy)
    assert add_account(actor=keeper, username="ours", person=ours).pk


def test_nobody_becomes_another_person(here):
    account = somebody(here, everywhere=["*"])
    with pytest.raises(Unpermitted, match="to oneself"):
        change_account(actor=actor_of(account), row=account, person=make(Person))


def test_the_house_itself_may_give_everything(here):
    assert add_holding(actor=MAKER, account=somebody(here), role=make(Role, permissions=["*"])).pk
    assert isinstance(MAKER, Actor)
