"""The proof of every count of the queue: the items that are open to the reader, as the queue was narrowed."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from meridian.engine.policies import Actor
from meridian.engine.proof.arguments import Arguments
from meridian.engine.proof.value import Added, Proof
from meridian.work.agentdesk.pages.words import PRIORITIES
from meridian.work.agentdesk.queries import QueueFilter, queued
from meridian.work.servicedesk.contracts import Kind


def queue(actor: Actor, arguments: Arguments) -> Proof:
    """How many items the queue holds for the reader, narrowed as its address narrows it."""
    titles: Mapping[str, Mapping[str, Any]] = {
        "view": {"open": _("Open items"), "mine": _("My open items"), "teams": _("Open items of my teams")},
        "kind": dict(Kind.choices),
        "priority": {str(key): words for key, words in PRIORITIES.items()},
        "news": {"new": _("changed since you looked")},
        "due": {"late": _("late"), "later": _("in time"), "day": _("due within a day")},
    }
    asked = {name: arguments.option(name, known) for name, known in titles.items() if arguments.text(name)}
    words = [str(titles[name][value]) for name, value in asked.items()]
    if place := arguments.text("place"):
        words.append(place)
    rows = queued(actor, QueueFilter(**asked, place=place))
    return Proof(" · ".join(words), rows.count(), Added(rows, own=True), moves="due" in asked)
