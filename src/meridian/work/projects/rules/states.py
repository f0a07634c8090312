"""How a project moves from plan to end: one table."""

from dataclasses import dataclass

NINETY_DAYS = 90


@dataclass(frozen=True, slots=True)
class Step:
    """A verb, the states that it may start from, and the one it leads to."""

    verb: str
    sources: frozenset[str]
    target: str


STEPS = {
    step.verb: step
    for step in (
        Step("start", frozenset({"planned"}), "in_progress"),
        Step("hold", frozenset({"in_progress"}), "on_hold"),
        Step("resume", frozenset({"on_hold"}), "in_progress"),
        Step("finish", frozenset({"in_progress"}), "finished"),
        Step("cancel", frozenset({"planned", "in_progress", "on_hold"}), "cancelled"),
    )
}
ENDED = frozenset({"finished", "cancelled"})


def steps_from(state: str) -> list[str]:
    """The verbs that a project in this state allows, in the order of the table."""
    return [verb for verb, step in STEPS.items() if state in step.sources]
