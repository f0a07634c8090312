"""The life of a proposal: one table of gates."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gate:
    """A verb, the states it may be taken in, and the state it leads to."""

    verb: str
    sources: frozenset[str]
    target: str


GATES = {
    gate.verb: gate
    for gate in (
        Gate("submit", frozenset({"draft"}), "review"),
        Gate("send_back", frozenset({"review"}), "draft"),
        Gate("approve", frozenset({"review"}), "project"),
        Gate("refuse", frozenset({"review"}), "refused"),
        Gate("go_live", frozenset({"project"}), "live"),
        Gate("stabilise", frozenset({"live"}), "stabilised"),
        Gate("count_benefit", frozenset({"stabilised"}), "benefit"),
        Gate("close", frozenset({"benefit", "project", "live", "stabilised"}), "closed"),
    )
}
# The way as people see it, from the first idea to the last page.
STAGES = ("draft", "review", "project", "live", "stabilised", "benefit", "closed")


def gates_from(state: str) -> list[str]:
    """The verbs open in this state, in the order of the table."""
    return [verb for verb, gate in GATES.items() if state in gate.sources]
