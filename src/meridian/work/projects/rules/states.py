"""How a project moves from plan to end: one table."""

from dataclasses import dataclass

NINETY_DAYS = 90


@dataclass(frozen=True, slots=True)
class Step:
    """A verb, the states that it may start from, the one it leads to, and what it means."""

    verb: str
    sources: frozenset[str]
    target: str
    meaning: str


STEPS = {
    step.verb: step
    for step in (
        Step("start", frozenset({"planned"}), "in_progress", "Begin what was planned."),
        Step("hold", frozenset({"in_progress"}), "on_hold", "Let the work rest."),
        Step("resume", frozenset({"on_hold"}), "in_progress", "Go on after a rest."),
        Step("finish", frozenset({"in_progress"}), "finished", "Say that the work is done."),
        Step(
            "cancel",
            frozenset({"planned", "in_progress", "on_hold"}),
            "cancelled",
            "Give the project up; it stays on record.",
        ),
    )
}
ENDED = frozenset({"finished", "cancelled"})
