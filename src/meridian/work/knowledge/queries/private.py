"""A draft of an article from how an item was solved."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import override

from meridian.work.knowledge.rules.private import without_private
from meridian.work.servicedesk.facade import Message, WorkItem


class Draft(NamedTuple):
    """What is known of a solved item, for anybody to read."""

    language: str
    title: str
    text: str


def draft_of(item: WorkItem) -> Draft:
    """The words of whoever asked and of the solution, in the language of the solution; notes stay inside."""
    messages = Message.objects.filter(item=item, visibility=Message.Visibility.PUBLIC).order_by(
        "event__sequence"
    )
    asked = messages.filter(event__type="opened").first()
    solved = messages.filter(event__type="resolved").last() or messages.last()
    language = solved.language if solved else item.language
    names = _names(item)
    with override(language):
        parts = [
            (_("What happens"), asked.text if asked else item.title),
            (_("What helps"), solved.text if solved else ""),
        ]
        text = "\n\n".join(f"## {title}\n\n{without_private(words, names)}" for title, words in parts)
    return Draft(language, without_private(item.title, names)[:200], text)


def _names(item: WorkItem) -> set[str]:
    """The names that the item knows of: who asked, who wrote or worked on it, and its place."""
    events = item.events.exclude(actor=None).select_related("actor")
    named_in = (item.requester, item.assignee, *(event.actor for event in events))
    people = {person for person in named_in if person is not None}
    named = {f"{person.given_name} {person.family_name}" for person in people}
    numbers = {person.number for person in people}
    return named | numbers | ({item.site.name, item.site.code} if item.site else set())
