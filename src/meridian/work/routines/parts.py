"""What routines give to the page of an item: its steps, checklists to begin, standard texts for the reply."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from meridian.engine.figures import instant_text
from meridian.engine.helping import Help
from meridian.engine.pages.slots import ActionPart, PanelPart
from meridian.engine.policies import Actor
from meridian.engine.translation import SOURCE_LANGUAGE, in_language
from meridian.work.routines.models import StandardText
from meridian.work.routines.queries import checklists_for, steps_of, texts_for
from meridian.work.routines.rules import filled
from meridian.work.servicedesk.facade import Person, WorkItem

GIST = 160


def steps(actor: Actor, item: WorkItem) -> PanelPart | None:
    """What is to do for the item, each step with a button that ticks it off."""
    found = steps_of(actor, item)
    offered = checklists_for(actor, item) if item.state not in item.folded.ENDED else []
    may_add = actor.holds("routines.itemstep.add")
    if not (found or offered or may_add):
        return None
    context = {
        "item": item,
        "steps": [
            {
                "id": step.pk,
                "text": step.text,
                "done": step.done_at is not None,
                "who": str(step.done_by or ""),
                "at": instant_text(step.done_at) if step.done_at else "",
            }
            for step in found
        ],
        "done": sum(step.done_at is not None for step in found),
        "offered": offered,
        "may_add": may_add,
        "may_tick": actor.holds("routines.itemstep.tick"),
    }
    return PanelPart(_("Steps"), context, "routines/steps.html")


def standard_texts(actor: Actor, item: WorkItem, words: str) -> list[Help]:
    """Standard texts for the reply, filled in from the item, in the language of its requester."""
    found = texts_for(actor, item, words)
    if not found:
        return []
    values = _values(actor, item)
    language = item.requester.language or item.language
    return [_help(text, language, values) for text in found]


def _help(text: StandardText, wanted: str, values: Mapping[str, str]) -> Help:
    language = wanted if text.text.get(wanted) else SOURCE_LANGUAGE
    words = filled(in_language(text.text, language), values)
    note = "" if language == wanted else _("not written in the requester's language")
    return Help(
        key=f"standard-{text.pk}",
        title=in_language(text.name, get_language()),
        gist=words if len(words) <= GIST else f"{words[:GIST].rstrip()}…",
        url="",
        language=language,
        note=note or _("standard text"),
        tone="watch" if note else "still",
        text=words,
    )


def _values(actor: Actor, item: WorkItem) -> dict[str, str]:
    agent = Person.objects.filter(pk=actor.person_id).first() if actor.person_id else None
    with override(item.requester.language or item.language):
        due = instant_text(item.due_at)
    return {
        "requester": str(item.requester),
        "number": item.number,
        "title": item.title,
        "agent": str(agent or ""),
        "team": str(item.team or ""),
        "due": due,
    }


def from_template(actor: Actor, row: WorkItem | None) -> ActionPart | None:
    """On the list of items: the way to a new one that is filled in already."""
    if row is not None:
        return None
    return ActionPart(_("New from a template"), reverse("routines-choose"), "item")
