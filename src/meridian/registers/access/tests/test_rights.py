"""What an account may do now follows its holdings, tokens and delegations at once."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from house.actors import signed_in
from house.factory import MAKER, make

from meridian.engine.audit.models import Change
from meridian.engine.commands import Refusal, Unpermitted
from meridian.engine.policies import ANONYMOUS, Actor
from meridian.registers.access.commands import (
    add_account,
    add_token,
    change_account,
    prefer,
    remove_holding,
    revoke_token,
)
from meridian.registers.access.models import Account, Holding, Role, Token
from meridian.registers.access.queries import actor_of, actor_of_token
from meridian.registers.organisation.testing import Unit
from meridian.registers.people.testing import Delegation, Person

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def account() -> Account:
    return make(Account, username="someone")


def hold(account: Account, *permissions: str, **given) -> Holding:
    role = make(Role, permissions=list(permissions))
    everywhere = {"starts_at": timezone.now() - DAY, "unit": None}
    return make(Holding, account=account, role=role, **(everywhere | given))


def test_a_holding_counts_from_its_start_until_its_end(account):
    now = timezone.now()
    hold(account, "places", ends_at=now + DAY)
    hold(account, "people", starts_at=now - 2 * DAY, ends_at=now - DAY)
    hold(account, "catalogue", starts_at=now + DAY)
    actor = actor_of(account)
    assert actor.holds("places.site.change")
    assert not actor.holds("people.person.change")
    assert not actor.holds("catalogue.item.change")


def test_a_holding_taken_away_is_gone_at_once(account):
    held = hold(account, "places")
    client = signed_in(account)
    assert client.get("/places/sites/new/").status_code == 200
    remove_holding(actor=MAKER, row=held)
    assert client.get("/places/sites/new/").status_code == 403


def test_an_inactive_account_has_no_rights_at_once(account):
    hold(account, "*")
    client = signed_in(account)
    secret = token(account, ["*"]).secret
    assert client.get("/access/accounts/").status_code == 200
    change_account(actor=MAKER, row=account, is_active=False)
    assert client.get("/access/accounts/").status_code == 302
    assert actor_of_token(secret) == ANONYMOUS
    account.refresh_from_db()
    assert actor_of(account) == ANONYMOUS


def test_rights_are_read_in_one_statement(account):
    for _ in range(3):
        hold(account, "places")
    with CaptureQueriesContext(connection) as captured:
        assert actor_of(account).holds("places.site.add")
    assert len(captured) == 1


def token(account: Account, scopes: list[str], **given) -> Token:
    expires = {"expires_at": timezone.now() + DAY} | given
    actor = Actor(account.pk, None, account.username)
    return add_token(actor=actor, name="Program", scopes=scopes, **expires)


def test_a_token_does_what_its_scopes_and_its_account_both_may(account):
    hold(account, "places", "people")
    actor = actor_of_token(token(account, ["places.site", "organisation"]).secret)
    assert actor.account_id == account.pk
    assert actor.holds("places.site.change")
    assert not actor.holds("places.region.change")
    assert not actor.holds("people.person.change")
    assert not actor.holds("organisation.unit.change")


def test_an_expired_revoked_or_invented_token_is_nobody(account):
    made, late = token(account, ["*"]), token(account, ["*"])
    assert actor_of_token(made.secret).known
    assert actor_of_token(late.secret).known
    for secret in ("", "mer_", f"{made.secret}x", made.secret.upper(), made.digest, f"mer_{made.digest}"):
        assert actor_of_token(secret) == ANONYMOUS
    revoke_token(actor=actor_of(account), row=made)
    assert actor_of_token(made.secret) == ANONYMOUS
    with time_machine.travel(timezone.now() + 2 * DAY):
        assert actor_of_token(token(account, ["*"]).secret).known
        assert actor_of_token(late.secret) == ANONYMOUS


def test_a_token_opens_the_api_and_no_session_helps_a_bad_one(account):
    hold(account, "places")
    good, bad = (
        {"Authorization": f"Bearer {secret}"} for secret in (token(account, ["places"]).secret, "mer_no")
    )
    assert Client().get("/api/places/sites", headers=good).status_code == 200
    assert signed_in(account).get("/api/places/sites", headers=bad).status_code in (401, 403)
    assert Client().get("/api/organisation/units", headers=good).status_code in (401, 403)


@pytest.mark.parametrize("days", [-1, 0, 367, 5000])
def test_a_token_lives_at_most_a_year(account, days):
    with pytest.raises(Refusal, match="at most a year"):
        token(account, ["*"], expires_at=timezone.now() + days * DAY)


def test_a_token_can_not_make_tokens(account):
    actor = actor_of(account, frozenset({"*"}))
    with pytest.raises(Unpermitted):
        add_token(actor=actor, name="More", scopes=["*"], expires_at=timezone.now() + DAY)


def test_what_is_secret_never_stands_in_the_trail(account):
    made = add_account(actor=MAKER, username="new", password="correct horse battery")
    change_account(actor=MAKER, row=made, language="fr")
    secret = token(made, ["*"]).secret
    written = str(list(Change.objects.values("before", "after")))
    for private in (made.password, secret, Token.objects.get(account=made).digest, "correct horse"):
        assert private not in written
    assert "'username': 'new'" in written


def test_ones_own_preferences_are_all_that_one_may_change(account):
    actor = actor_of(account)
    assert prefer(actor=actor, row=account, theme="dark").theme == "dark"
    with pytest.raises(Refusal, match="yours to change"):
        prefer(actor=actor, row=account, username="root")
    with pytest.raises(Refusal):
        prefer(actor=actor, row=make(Account, username="other"), theme="dark")


@pytest.fixture
def pair() -> tuple[Account, Account]:
    """A giver with rights at one unit and a taker with none."""
    giver, taker = (make(Account, username=name, person=make(Person)) for name in ("giver", "taker"))
    hold(giver, "places", "people.person.change", unit=make(Unit))
    return giver, taker


def delegate(giver: Account, taker: Account, *permissions: str, **given) -> Delegation:
    now = timezone.now()
    times = {"starts_at": now - DAY, "ends_at": now + DAY} | given
    return make(Delegation, giver=giver.person, taker=taker.person, permissions=list(permissions), **times)


def test_a_delegation_gives_what_its_giver_holds_and_no_more(pair):
    giver, taker = pair
    delegate(giver, taker, "places.site.change", "people", "access")
    actor = actor_of(taker)
    path = giver.holdings.get().unit.path
    assert actor.unit_paths("places.site.change") == (path,)
    assert actor.unit_paths("people.person.change") == (path,)
    for code in ("places.site.remove", "places.region.change", "people.person.remove", "access.role.change"):
        assert not actor.holds(code), code


def test_a_delegation_runs_from_its_start_to_its_end_and_while_the_giver_holds(pair):
    giver, taker = pair
    now = timezone.now()
    delegate(giver, taker, "places", starts_at=now - 2 * DAY, ends_at=now - DAY)
    delegate(giver, taker, "places", starts_at=now + DAY, ends_at=now + 2 * DAY)
    assert not actor_of(taker).holds("places.site.change")
    delegate(giver, taker, "places")
    assert actor_of(taker).holds("places.site.change")
    remove_holding(actor=MAKER, row=giver.holdings.get())
    assert not actor_of(taker).holds("places.site.change")


def test_a_giver_whose_account_is_closed_gives_nothing(pair):
    giver, taker = pair
    delegate(giver, taker, "places")
    change_account(actor=MAKER, row=giver, is_active=False)
    assert not actor_of(taker).holds("places.site.change")


def test_what_was_delegated_is_not_passed_on(pair):
    giver, taker = pair
    third = make(Account, username="third", person=make(Person))
    delegate(giver, taker, "places")
    delegate(taker, third, "places")
    assert not actor_of(third).holds("places.site.change")


def test_delegations_cost_no_statement_more(pair):
    giver, taker = pair
    for _ in range(3):
        delegate(giver, taker, "places")
    taker = Account.objects.get(pk=taker.pk)
    with CaptureQueriesContext(connection) as captured:
        assert actor_of(taker).holds("places.site.change")
    assert len(captured) == 1
