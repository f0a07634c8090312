"""Taking a contact: it begins with who calls, and ends in one of four ways."""

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal, Untimely, command
from meridian.engine.policies import Actor
from meridian.kernel.words import can_be_seen
from meridian.work.contacts.contracts import Outcome, Way
from meridian.work.contacts.models import Contact
from meridian.work.contacts.queries.callers import Person
from meridian.work.servicedesk import facade as desk
from meridian.work.servicedesk.facade import Category, Membership, WorkItem

DESK, BEHIND = 1, 2


@command("contacts.contact.begin", on=Contact)
def begin(*, actor: Actor, person: Person, way: str = Way.PHONE) -> Contact:
    """Begin a contact with whoever calls, stands at the counter or writes in a chat."""
    if way not in Way.values:
        raise Refusal(_("Choose how the person reached the desk."), "way")
    team = _team_of(actor)
    agent = Person.objects.filter(pk=actor.person_id).first() if actor.person_id else None
    tier = DESK if team is None or team.kind == "desk" else BEHIND
    row = Contact(person=person, way=way, agent=agent, team=team, tier=tier)
    row.save()
    return row


def _team_of(actor: Actor) -> Any:
    mine = Membership.objects.filter(person=actor.person_id).select_related("team").order_by("team")
    found = [membership.team for membership in mine] if actor.person_id else []
    return next((team for team in found if team.kind == "desk"), found[0] if found else None)


@command("contacts.contact.solve", on=Contact, target="row")
def solve(
    *,
    actor: Actor,
    row: Contact,
    title: str,
    solution: str,
    category: Category | None = None,
    kind: str = "incident",
) -> Contact:
    """Help at once: an item is opened and resolved with these words, and the person has them in writing."""
    _refuse_ended(row)
    if not can_be_seen(solution):
        raise Refusal(_("Say what helped: the person gets these words."), "solution")
    item = _opened(actor, row, title, "", category, kind)
    item = desk.resolve(actor=actor, item=item, solution=solution, language=get_language() or "en")
    return _ended(row, Outcome.SOLVED, title, category, item)


@command("contacts.contact.open_item", on=Contact, target="row")
def open_item(
    *,
    actor: Actor,
    row: Contact,
    title: str,
    text: str = "",
    category: Category | None = None,
    kind: str = "incident",
    urgency: int = 3,
) -> Contact:
    """Open an item for what can't be helped at once."""
    _refuse_ended(row)
    item = _opened(actor, row, title, text, category, kind, urgency=urgency)
    return _ended(row, Outcome.OPENED, title, category, item)


@command("contacts.contact.put_on", on=Contact, target="row")
def put_on(*, actor: Actor, row: Contact, item: WorkItem, text: str) -> Contact:
    """Note on an item that goes on what the person said of it."""
    _refuse_ended(row)
    if item.requester_id != row.person_id:
        raise Refusal(
            _("%(number)s was asked for by somebody else: choose one of this person's.")
            % {"number": item.number},
            "item",
        )
    words = f"{row.get_way_display()}: {text.strip()}" if can_be_seen(text) else row.get_way_display()
    desk.note(actor=actor, item=item, text=words, language=get_language() or "en")
    return _ended(row, Outcome.ABOUT, item.title, item.category, item)


@command("contacts.contact.end", on=Contact, target="row")
def end(*, actor: Actor, row: Contact, note: str = "") -> Contact:
    """End a contact of which nothing came: a wrong number, a line that broke."""
    _refuse_ended(row)
    return _ended(row, Outcome.NOTHING, note, None, None)


def _refuse_ended(row: Contact) -> None:
    if row.outcome != Outcome.GOING_ON:
        raise Untimely(_("This contact is over: begin another."))


def _opened(
    actor: Actor, row: Contact, title: str, text: str, category: Category | None, kind: str, **more: Any
) -> WorkItem:
    return desk.add_item(
        actor=actor,
        requester=row.person,
        title=title,
        text=text,
        channel=row.way,
        category=category,
        kind=kind,
        team=row.team if row.tier == DESK else None,
        language=row.person.language,
        **more,
    )


def _ended(
    row: Contact, outcome: Outcome, note: str, category: Category | None, item: WorkItem | None
) -> Contact:
    row.outcome, row.note, row.category, row.item = outcome, note.strip()[:200], category, item
    row.ended_at = timezone.now()
    row.save()
    return row
