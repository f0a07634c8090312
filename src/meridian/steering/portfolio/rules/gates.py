"""The life of a proposal: one table of gates."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gate:
    """A verb, the states it may be taken in, the state it leads to, and what it means."""

    verb: str
    sources: frozenset[str]
    target: str
    meaning: str


GATES = {
    gate.verb: gate
    for gate in (
        Gate(
            "submit",
            frozenset({"draft"}),
            "review",
            "Put the case before the committee; it needs a preferred option with costs.",
        ),
        Gate(
            "send_back",
            frozenset({"review"}),
            "draft",
            "Give the case back to its author, with reasons.",
        ),
        Gate(
            "approve",
            frozenset({"review"}),
            "project",
            "Approve the case; a project of the same code carries it out.",
        ),
        Gate(
            "refuse",
            frozenset({"review"}),
            "refused",
            "Refuse the case, with reasons.",
        ),
        Gate(
            "go_live",
            frozenset({"project"}),
            "live",
            "Report the day on which it went live.",
        ),
        Gate(
            "stabilise",
            frozenset({"live"}),
            "stabilised",
            "Declare it stable, once stabilisation has lasted its months.",
        ),
        Gate(
            "count_benefit",
            frozenset({"stabilised"}),
            "benefit",
            "Count the benefits, after a full year of stable operation.",
        ),
        Gate(
            "close",
            frozenset({"benefit", "project", "live", "stabilised"}),
            "closed",
            "Close the case, with reasons.",
        ),
    )
}
# The way as people see it, from the first idea to the last page.
STAGES = ("draft", "review", "project", "live", "stabilised", "benefit", "closed")
