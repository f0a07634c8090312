"""Help beside a form: what modules know that may spare a question, or give its answer.

Slots `asking_help` and `answering_help`; see docs/developers/slots.md. Each function asks `.permitted` for
whatever it names.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models

from meridian.engine.pages.slots import given_to
from meridian.engine.policies import Actor

MOST_HELPS = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody is about to ask, as far as it is typed; `key` stays the same while they type."""

    words: str
    key: str


@dataclass(frozen=True, slots=True)
class Help:
    """One thing that may help: its title, what it says in a sentence or two, and where all of it stands.

    Without `url` there is no page of it. `key` names it within its slot, and is unique there.
    `note` is a word with a `tone`, such as “known
    error”. `text` is what goes into a reply, in `language`. `solved_url` is posted to by who has been helped
    and asks no more; `used` is called when it goes into a reply, with “text” or “link”. Nothing of what
    `is_internal` goes into one.
    """

    key: str
    title: str
    gist: str
    url: str
    language: str
    note: str = ""
    tone: str = "still"
    text: str = ""
    is_internal: bool = False
    solved_url: str = ""
    used: Callable[[str], None] | None = None


def help_to_ask(actor: Actor, model: type[models.Model], asked: Asked) -> list[Help]:
    """What may help who asks for a row of this model, in the order of the parts."""
    if not asked.words.strip():
        return []
    given = given_to("asking_help", model, actor)
    return _shown(help for part in given for help in part.function(actor, asked))


def help_to_answer(actor: Actor, row: models.Model, words: str = "") -> list[Help]:
    """What may help who answers about a row, in the order of the parts; `words` are what is looked for."""
    given = given_to("answering_help", type(row), actor)
    return _shown(help for part in given for help in part.function(actor, row, words.strip()))


def _shown(found: Iterable[Help]) -> list[Help]:
    return list({help.key: help for help in found}.values())[:MOST_HELPS]
