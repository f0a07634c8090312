"""Which permission covers which code, and at which units."""

import pytest
from django.db import models
from house.nouns import Unit, change_unit, keeper, unit
from hypothesis import given
from hypothesis import strategies as some

from meridian.engine.policies import ANONYMOUS, NOBODY, Actor, Grant, policy_of, register_policy
from meridian.engine.policies.actor import matches

WORDS = some.sampled_from(["places", "site", "view", "change", "viewer", "si"])
CODES = some.tuples(WORDS, WORDS, WORDS).map(".".join)
PATTERNS = some.lists(some.one_of(WORDS, some.just("*")), min_size=1, max_size=3).map(".".join)


@given(CODES)
def test_a_code_covers_itself_and_each_of_its_beginnings(code):
    module, noun, verb = code.split(".")
    for pattern in (code, module, f"{module}.{noun}", "*", f"*.*.{verb}", f"{module}.*.{verb}", f"*.{noun}"):
        assert matches(pattern, code)


@given(PATTERNS, CODES)
def test_a_pattern_covers_word_by_word_and_never_by_a_part_of_a_word(pattern, code):
    padded = [*pattern.split("."), "*", "*"][:3]
    assert matches(pattern, code) == all(
        part in ("*", word) for part, word in zip(padded, code.split("."), strict=True)
    )


@given(some.sets(PATTERNS), some.sets(PATTERNS), CODES)
def test_a_grant_limited_to_patterns_covers_what_both_cover(held, limits, code):
    grant, given_on = Grant(frozenset(held), "1/"), Grant(frozenset(limits))
    limited = grant.limited_to(limits)
    assert limited.covers(code) == (grant.covers(code) and given_on.covers(code))
    assert limited.unit_path == "1/"


@given(some.sets(PATTERNS), some.sets(PATTERNS), CODES)
def test_a_token_does_what_both_its_scopes_and_its_account_allow(held, scopes, code):
    session = Actor(1, None, "x", (Grant(frozenset(held)),))
    token = Actor(1, None, "x", (Grant(frozenset(held)),), frozenset(scopes))
    allowed = any(matches(pattern, code) for pattern in scopes)
    assert token.holds(code) == (session.holds(code) and allowed)
    assert token.unit_paths(code) == (session.unit_paths(code) if allowed else ())


def test_nobody_is_not_known_and_holds_nothing():
    assert not ANONYMOUS.known
    assert not ANONYMOUS.holds("places.site.view")


@pytest.mark.django_db
def test_a_right_at_a_unit_is_one_at_everything_below_it_and_nowhere_else():
    top = unit("TOP")
    below = unit("BELOW", parent=top)
    bottom = unit("BOTTOM", parent=below)
    beside = unit("BESIDE")
    seen = {found.code for found in Unit.objects.permitted(keeper("organisation", path=below.path), "change")}
    assert seen == {"BELOW", "BOTTOM"}
    change_unit(actor=keeper("*"), row=bottom, parent=beside)
    moved = keeper("organisation", path=below.path)
    assert not Unit.objects.permitted(moved, "change").filter(pk=bottom.pk).exists()


@pytest.mark.django_db
def test_a_unit_whose_key_begins_alike_is_another_unit():
    top = unit("TOP")
    forged = keeper("organisation", path=top.path.removesuffix("/") + "9/")
    assert not Unit.objects.permitted(forged, "change").exists()


def test_a_model_without_a_policy_is_closed_and_none_has_two():
    class Undeclared(models.Model):
        class Meta:
            app_label = "places"
            managed = False

    try:
        with pytest.raises(LookupError, match="no policy"):
            policy_of(Undeclared)
    finally:
        del Undeclared._meta.apps.all_models["places"]["undeclared"]
    with pytest.raises(RuntimeError, match="two policies"):
        register_policy(Unit)


def test_a_scope_that_does_not_name_the_action_closes_even_what_is_open_to_everyone():
    policy = policy_of(Unit)
    assert policy.may(Actor(1, None, "x"), "view")
    assert policy.scope(Actor(1, None, "x", scopes=frozenset({"places"})), "view") == NOBODY
