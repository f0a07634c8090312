"""Forms, conditions and plans, held against slow ways."""

from hypothesis import given, settings
from hypothesis import strategies as st

from meridian.work.catalogue.rules import (
    field_faults,
    holds,
    missing_texts,
    plan_faults,
    read_answers,
    ready_tasks,
    shown_fields,
)

KIND = {"key": "kind", "type": "choice", "label": {"en": "Kind"}, "options": [{"key": "a"}, {"key": "b"}]}
WHY = {
    "key": "why",
    "type": "text",
    "label": {"en": "Why"},
    "is_needed": True,
    "when": {"field": "kind", "in": ["b"]},
}
DEEP = {
    "key": "deep",
    "type": "yes",
    "label": {"en": "Deep"},
    "when": {"not": {"field": "kind", "in": ["a"]}},
}


def test_a_question_is_asked_when_the_key_was_chosen_whatever_its_label():
    keys = [field["key"] for field in shown_fields([KIND, WHY], {"kind": ["b"]})]
    assert keys == ["kind", "why"]
    renamed = {**KIND, "options": [{"key": "a", "label": {"en": "b"}}, {"key": "b", "label": {"en": "a"}}]}
    assert [field["key"] for field in shown_fields([renamed, WHY], {"kind": ["a"]})] == ["kind"]


def test_what_is_not_asked_is_not_answered_and_not_needed():
    good, faults = read_answers([KIND, WHY], {"kind": ["a"], "why": ["smuggled"]})
    assert (good, faults) == ({"kind": ["a"]}, {})
    assert read_answers([KIND, WHY], {"kind": ["b"]})[1] == {"why": "needed"}
    assert read_answers([KIND], {"kind": ["c"]})[1] == {"kind": "option"}


def test_numbers_days_and_repeats_are_held():
    number = {"key": "n", "type": "number", "label": {}}
    day = {"key": "d", "type": "date", "label": {}}
    many = {"key": "m", "type": "text", "label": {}, "repeats": 2}
    asked = [number, day, many]
    assert read_answers(asked, {"n": ["2.5"], "d": ["2026-02-28"], "m": ["x", "y", ""]})[1] == {}
    faults = read_answers(asked, {"n": ["NaN"], "d": ["2026-02-30"], "m": ["x", "y", "z"]})[1]
    assert faults == {"n": "number", "d": "date", "m": "several"}


CONDITIONS = st.recursive(
    st.builds(lambda keys: {"field": "kind", "in": keys}, st.lists(st.sampled_from("ab"), min_size=1)),
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, max_size=3)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, max_size=3)),
        st.builds(lambda part: {"not": part}, inner),
    ),
    max_leaves=5,
)


def slowly(condition, chosen):
    if "field" in condition:
        return any(key == one for key in condition["in"] for one in chosen)
    if "not" in condition:
        return not slowly(condition["not"], chosen)
    parts = [slowly(part, chosen) for part in condition.get("all", condition.get("any"))]
    return parts.count(False) == 0 if "all" in condition else parts.count(True) > 0


@settings(max_examples=50)
@given(CONDITIONS, st.lists(st.sampled_from("ab"), max_size=2))
def test_conditions_hold_as_they_read(condition, chosen):
    assert holds(condition, {"kind": chosen}) == slowly(condition, chosen)


def test_a_form_with_a_fault_is_told_where():
    assert list(field_faults([KIND, WHY, DEEP])) == []
    wrong = [
        ([WHY], ("why", "when")),
        ([KIND, KIND], ("kind", "key")),
        ([{**KIND, "options": []}], ("kind", "options")),
        ([KIND, {**WHY, "when": {"field": "kind", "in": ["Kind B"]}}], ("why", "when")),
        ([{**KIND, "type": "colour"}], ("kind", "type")),
        ([{**KIND, "key": "Big Key"}], ("Big Key", "key")),
    ]
    for fields, fault in wrong:
        assert next(field_faults(fields)) == fault


def test_a_plan_that_waits_for_itself_is_refused():
    tasks = [{"key": key, "name": {"en": key}, "after": after} for key, after in (("a", ["b"]), ("b", ["a"]))]
    assert next(plan_faults(tasks)) == ("a", "ring")
    assert next(plan_faults([{"key": "a", "name": {}, "after": ["z"]}])) == ("a", "after")


@settings(max_examples=50)
@given(st.lists(st.lists(st.integers(0, 5), max_size=3), min_size=1, max_size=6), st.data())
def test_every_plan_without_a_ring_ends_and_in_its_order(before, data):
    plan = [
        (f"t{at}", sorted({f"t{of % at}" for of in after} if at else ())) for at, after in enumerate(before)
    ]
    states = {key: "coming" for key, _after in plan}
    order = []
    while ready := ready_tasks((key, states[key], after) for key, after in plan):
        key = data.draw(st.sampled_from(ready))
        states[key] = data.draw(st.sampled_from(("done", "cancelled")))
        order.append(key)
    assert sorted(order) == sorted(states)
    assert all(order.index(one) < order.index(key) for key, after in plan for one in after)


def test_a_text_that_is_written_at_all_needs_every_language():
    texts = [("name", {"en": "A", "fr": ""}), ("help", {})]
    assert missing_texts(texts, ("en", "fr")) == [("name", "fr")]
