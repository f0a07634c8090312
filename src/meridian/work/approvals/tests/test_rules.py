"""What decisions come to, against an oracle that plays every end through."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from meridian.work.approvals.rules import Expression, digest_of, outcome, read_expression


def slow_outcome(mode: str, needed: int, said: tuple[str, ...]) -> str:
    """Whether approval is certain, or impossible, whatever those say who have not decided."""
    open_ends = [("approved", "rejected") if word == "" else (word,) for word in said]

    def is_approved(end: tuple[str, ...]) -> bool:
        yes = end.count("approved")
        enough = {"all": len(end), "any": 1, "some": min(needed, len(end))}[mode]
        return yes >= enough

    ends = {is_approved(end) for end in itertools.product(*open_ends)}
    return "approved" if ends == {True} else "rejected" if ends == {False} else ""


@settings(max_examples=60)
@given(
    st.sampled_from(("all", "any", "some")),
    st.integers(1, 6),
    st.lists(st.sampled_from(("", "approved", "rejected")), min_size=1, max_size=6).map(tuple),
)
def test_a_step_ends_as_soon_as_its_outcome_is_certain(mode, needed, said):
    found = outcome(mode, needed, len(said), said.count("approved"), said.count("rejected"))
    assert found == slow_outcome(mode, needed, said)


def test_expressions_are_read_and_what_is_none_is_told():
    assert read_expression(" holder:budgets.line.view@OICT ") == Expression(
        "holder", "budgets.line.view", "OICT"
    )
    assert read_expression("chief") == Expression("chief")
    assert read_expression("owner") == Expression("owner")
    for text in ("", "boss", "person:", "team", "chief:7", "person:7@X"):
        assert read_expression(text) is None, text


def test_a_digest_knows_no_order_and_every_difference():
    assert digest_of({"a": 1, "b": [2, "é"]}) == digest_of({"b": [2, "é"], "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": "1"})
