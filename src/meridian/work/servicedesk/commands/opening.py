"""Opening work items: by somebody for themselves, or by an agent for somebody."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, command
from meridian.engine.events import publish
from meridian.engine.policies import Actor
from meridian.kernel.words import can_be_seen
from meridian.work.items.contracts.folding import Happening
from meridian.work.items.contracts.happenings import Happened
from meridian.work.items.facade import bounded, data_of, insert_item
from meridian.work.servicedesk.contracts import Channel, EventType, Kind
from meridian.work.servicedesk.events import ItemOpened
from meridian.work.servicedesk.models import Category, Team, WorkItem
from meridian.work.servicedesk.models.references import ConfigurationItem, Person
from meridian.work.servicedesk.queries.numbers import SERIES
from meridian.work.servicedesk.queries.promises import promiser
from meridian.work.servicedesk.queries.settings import desk_serving, priority_matrix

TITLE_LENGTH = 200
ASKED = ("kind", "category", "concerns", "urgency", "language")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for; `team` None lets the requester's site decide."""

    requester: Any
    title: str
    text: str
    kind: str = Kind.INCIDENT
    channel: str = Channel.PORTAL
    language: str = "en"
    site: Any = None
    team: Team | None = None
    category: Category | None = None
    concerns: ConfigurationItem | None = None
    configuration_item: str = ""
    impact: int = 3
    urgency: int = 3


@command("servicedesk.workitem.ask", on=WorkItem, title=_("ask the desk"))
def ask(*, actor: Actor, title: str, text: str = "", **particulars: Any) -> WorkItem:
    """Ask for oneself, through the portal, with particulars of `ASKED`; refuses who is no person."""
    people = Person.objects.only("site")
    requester = people.filter(pk=actor.person_id).first() if actor.person_id else None
    if requester is None:
        raise Refusal(_("This account belongs to no person, so nobody could be answered."))
    _refuse_unknown(particulars, ASKED)
    return open_wish(actor, Wish(requester, title, text, **{"kind": Kind.REQUEST, **particulars}))


@command("servicedesk.workitem.add", on=WorkItem)
def add_item(*, actor: Actor, requester: Any, title: str, text: str = "", **particulars: Any) -> WorkItem:
    """Open an item for somebody; `particulars` are the further fields of `Wish`."""
    particulars = {"channel": Channel.PHONE, **particulars}
    _refuse_unknown(particulars, Wish.__slots__)
    return open_wish(actor, Wish(requester=requester, title=title, text=text, **particulars))


def _refuse_unknown(particulars: Collection[str], known: Collection[str]) -> None:
    if unknown := set(particulars) - set(known):
        raise Refusal(
            _("A new item has no such particulars: %(names)s.") % {"names": ", ".join(sorted(unknown))}
        )


def wish_like(item: WorkItem, title: str, text: str, language: str) -> Wish:
    """The wish for an item that goes on from another, or apart from it, for the same person."""
    kept = ("requester", "kind", "channel", "site", "team", "category", "concerns")
    words: dict[str, Any] = {"title": title, "text": text, "language": language}
    same = {name: getattr(item, name) for name in (*kept, "configuration_item", "impact", "urgency")}
    return Wish(**same, **words)


def open_wish(actor: Actor, wish: Wish) -> WorkItem:
    """Write the item, its first event and its text, and tell higher floors."""
    _check(wish)
    now = timezone.now()
    site = wish.site.pk if wish.site else wish.requester.site_id
    team = wish.team or desk_serving(site)
    priority = priority_matrix().get((wish.impact, wish.urgency), 4)
    happened = Happened(
        EventType.OPENED,
        now,
        actor.person_id,
        {
            "kind": wish.kind,
            "title": wish.title.strip(),
            "site": site,
            "team": team,
            "category": wish.category,
            "concerns": wish.concerns,
            "configuration_item": wish.configuration_item,
            "impact": wish.impact,
            "urgency": wish.urgency,
            "priority": priority,
        },
    )
    opening = Happening(happened.type, now, data_of(WorkItem.folded(), happened))
    due = promiser((team.pk if team else None, site))([opening])
    happened = happened._replace(changes={**happened.changes, "due_at": due})
    item = _insert(wish, happened)
    publish(ItemOpened(item.pk, 1, actor.person_id, now, item.kind, item.requester_id, item.team_id))
    return item


def _check(wish: Wish) -> None:
    bounded(wish.text)
    if not can_be_seen(wish.title):
        raise Refusal(_("Say in a few words what it is about."), "title")
    if len(wish.title.strip()) > TITLE_LENGTH:
        raise Refusal(
            _("The subject may have %(length)d characters; put the rest into the description.")
            % {"length": TITLE_LENGTH},
            "title",
        )
    if wish.kind not in Kind.values:
        raise Refusal(_("Choose whether something is broken or something is wanted."), "kind")
    if wish.channel not in Channel.values:
        raise Refusal(_("Choose how the requester reached the desk."), "channel")
    for name in ("impact", "urgency"):
        if getattr(wish, name) not in range(1, 5):
            raise Refusal(_("Impact and urgency run from 1 (most) to 4 (least)."), name)


def _insert(wish: Wish, happened: Happened) -> WorkItem:
    given = {
        "requester_id": wish.requester.pk,
        "channel": str(wish.channel),
        "language": wish.language,
    }
    item = insert_item(WorkItem, SERIES[str(wish.kind)], happened, given, wish.text.strip())
    item.requester = wish.requester
    return item
