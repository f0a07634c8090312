"""Who calls: the person that an agent means, and what goes on with them."""

from typing import Any

from django.db.models import Q

from meridian.engine.listing.cut import Cut, cut
from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.work.contacts.models import Contact
from meridian.work.servicedesk.facade import WorkItem

Person = reference("people.Person")
MOST_PEOPLE = 12
MOST_ITEMS = 10
MOST_CONTACTS = 5
LEAST_LETTERS = 2


def people_meant(actor: Actor, words: str) -> Cut[Any]:
    """The people whose name, number, telephone or address begins as somebody says on the telephone."""
    people = Person.objects.permitted(actor).filter(left_on=None).select_related("site")
    said = words.strip()
    if len(said) < LEAST_LETTERS:
        return Cut([], 0)
    condition = Q(number__iexact=said) | Q(email__istartswith=said) | Q(telephone__endswith=said)
    names = said.split()
    if len(names) > 1:
        condition |= Q(given_name__istartswith=names[0], family_name__istartswith=names[-1])
        condition |= Q(given_name__istartswith=names[-1], family_name__istartswith=names[0])
    else:
        condition |= Q(family_name__istartswith=said) | Q(given_name__istartswith=said)
    return cut(people.filter(condition).order_by("family_name", "given_name", "pk"), MOST_PEOPLE)


def items_going_on(actor: Actor, person: Any) -> Cut[Any]:
    """The person's items that are not over, the latest event first; a solution waits for its word too."""
    items = WorkItem.objects.permitted(actor, "queue").filter(requester=person)
    going_on = items.filter(Q(is_open=True) | Q(state="resolved"), merged_into=None)
    return cut(going_on.select_related("team").order_by("-updated_at", "-id"), MOST_ITEMS)


def earlier_contacts(actor: Actor, person: Any) -> Cut[Any]:
    """The last contacts of a person."""
    found = Contact.objects.permitted(actor).filter(person=person).exclude(outcome="going_on")
    return cut(found.select_related("item", "agent").order_by("-began_at", "-pk"), MOST_CONTACTS)
