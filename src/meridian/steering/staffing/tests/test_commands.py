"""Acting on posts: what is written, what is refused, and that nothing is written then."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from house.factory import make

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal
from meridian.engine.policies import system_actor
from meridian.steering.staffing.commands import (
    act_on_post,
    change_post,
    confirm_title,
    establish_post,
    remove_post,
    withdraw_action,
)
from meridian.steering.staffing.models import Establishment, JobTitle, Post, PostAction, Role, Stage
from meridian.steering.staffing.queries.states import states_on

ACTOR = system_actor("tests")
pytestmark = pytest.mark.django_db


@pytest.fixture
def post():
    establishment = make(Establishment)
    make(Stage, establishment=establishment, units=["network", "desk/first"])
    return establish_post(
        actor=ACTOR,
        number="7001",
        establishment=establishment,
        unit_code="desk/first",
        grade="P-3",
        fund="regular_budget",
        duty_station="Geneva",
        starts_on=date(2020, 1, 1),
        reason="The desk grows.",
    )


def act(post, kind, day=date(2021, 1, 1), stated=None, **changes):
    return act_on_post(
        actor=ACTOR, row=post, kind=kind, effective_on=day, changes=changes, stated=stated, reason="Because."
    )


def test_an_action_invents_no_unit_and_no_grade_and_names_the_near_ones(post):
    for kind, changes, near in (
        ("redeploy", {"unit_code": "netwrok"}, "“network”"),
        ("reclassify", {"grade": "P-44"}, "“P-4”"),
    ):
        with pytest.raises(Refusal, match=near) as refused:
            act(post, kind, **changes)
        assert refused.value.field == next(iter(changes))
    assert Post.objects.get().unit_code == "desk/first"


def on(day):
    return list(states_on(Post.objects.all(), day).values())


def test_a_post_has_a_life(post):
    act(post, "reclassify", date(2021, 1, 1), {"grade": "P-3"}, grade="P-4")
    act(post, "redeploy", date(2022, 1, 1), unit_code="network")
    act(post, "relocate", date(2023, 1, 1), duty_station="Nairobi", grade="LL")
    act(post, "abolish", date(2024, 1, 1))
    assert on(date(2019, 12, 31)) == []
    assert [state.grade for state in on(date(2020, 6, 1))] == ["P-3"]
    assert [state.grade for state in on(date(2021, 1, 1))] == ["P-4"]
    assert [state.unit_code for state in on(date(2022, 6, 1))] == ["network"]
    assert [(state.duty_station, state.category) for state in on(date(2023, 6, 1))] == [("Nairobi", "other")]
    assert on(date(2024, 1, 1)) == []
    row = Post.objects.get()
    assert (row.standing, row.ends_on, row.grade) == ("abolished", date(2024, 1, 1), "LL")


@pytest.mark.parametrize(
    ("kind", "stated", "changes", "said"),
    [
        ("reclassify", {"grade": "P-5"}, {"grade": "P-4"}, "is P-3 and not P-5"),
        ("reclassify", None, {"grade": "P-3"}, "has this already"),
        ("redeploy", None, {}, "Say what changes"),
        ("redeploy", None, {"unit_code": "network", "grade": "P-4"}, "doesn't change this"),
        ("establish", None, {"unit_code": "network", "grade": "P-4"}, "established already"),
    ],
)
def test_a_refused_action_writes_nothing(post, kind, stated, changes, said):
    before = list(Post.objects.values()), list(PostAction.objects.values())
    with pytest.raises(Refusal, match=said):
        act(post, kind, stated=stated, **changes)
    assert (list(Post.objects.values()), list(PostAction.objects.values())) == before


@pytest.mark.parametrize("kind", ["abolish", "redeploy", "transfer"])
def test_nothing_happens_to_a_post_that_is_gone(post, kind):
    act(post, "abolish")
    with pytest.raises(Refusal, match="7001 is gone already"):
        act(post, kind, date(2022, 1, 1), **({"unit_code": "network"} if kind == "redeploy" else {}))
    assert PostAction.objects.count() == 2


def test_an_action_cannot_go_before_another(post):
    act(post, "reclassify", date(2022, 1, 1), grade="P-4")
    with pytest.raises(Refusal, match="give a later day"):
        act(post, "abolish", date(2021, 1, 1))


def test_a_post_that_is_handed_over_says_to_whom(post):
    action = act(post, "transfer", unit_code="conference_management")
    assert (action.to_unit_code, action.to_grade) == ("conference_management", "")
    assert Post.objects.get().standing == "transferred"


def test_withdrawing_brings_the_post_back(post):
    act(post, "reclassify", date(2021, 1, 1), grade="P-4")
    last = act(post, "abolish", date(2022, 1, 1))
    with pytest.raises(Refusal, match="Withdraw the last action first"):
        withdraw_action(actor=ACTOR, row=post.actions.get(sequence=2))
    withdraw_action(actor=ACTOR, row=last)
    row = Post.objects.get()
    assert (row.standing, row.ends_on, row.grade) == ("standing", None, "P-4")
    with pytest.raises(Refusal, match="history"):
        remove_post(actor=ACTOR, row=row)
    withdraw_action(actor=ACTOR, row=row.actions.get(sequence=2))
    remove_post(actor=ACTOR, row=row)
    assert not PostAction.objects.exists()


def test_what_a_post_is_changes_by_an_action_alone(post):
    with pytest.raises(Refusal, match="by an action"):
        change_post(actor=ACTOR, row=post, grade="P-5")
    title = make(JobTitle)
    assert change_post(actor=ACTOR, row=post, title=title, grade="P-3").title == title


@pytest.mark.parametrize(
    "values",
    [
        {"sequence": 2, "kind": "abolish", "from_grade": "P-5", "from_unit_code": "desk/first"},
        {"sequence": 3, "kind": "abolish", "from_grade": "P-3", "from_unit_code": "desk/first"},
        {"sequence": 2, "kind": "establish", "to_grade": "P-3", "to_unit_code": "desk/first"},
        {"sequence": 2, "kind": "reclassify", "from_grade": "P-3", "to_grade": "P-3"},
    ],
)
def test_the_database_itself_keeps_the_chain(post, values):
    with pytest.raises(IntegrityError), transaction.atomic(), trail.entry("tests.break", ACTOR):
        PostAction.objects.create(post=post, effective_on=date(2021, 1, 1), **values)
    assert PostAction.objects.count() == 1


def test_a_title_is_mapped_and_the_question_opened_again():
    title, role = make(JobTitle), make(Role)
    assert confirm_title(actor=ACTOR, row=title, role=role).role == role
    assert confirm_title(actor=ACTOR, row=title, role=None).role is None
