"""Who is told of major incidents."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meridian.engine.notices.commands import Tidings, tell
from meridian.engine.notices.words import in_words
from meridian.engine.policies import system_actor
from meridian.registers.access.facade import account_ids_of
from meridian.work.majors.events import (
    MajorDeclared,
    MajorRolesChanged,
    MajorStatusPublished,
    MajorStoodDown,
    MajorUpdateMissed,
)
from meridian.work.majors.models import ROLES, MajorIncident
from meridian.work.majors.queries import child_incidents
from meridian.work.servicedesk.facade import Membership, WorkItem

HOUSE = system_actor("Major incidents")


def tell_of_declaration(event: MajorDeclared) -> None:
    """Tell those who lead, and the team of the incident."""
    row = MajorIncident.objects.select_related("incident").get(pk=event.major)
    agents = Membership.objects.filter(team=row.incident.team_id, person__left_on__isnull=True)
    people = {*_leading(row), *agents.values_list("person", flat=True)}
    _tell(
        row,
        "major",
        people - {event.person},
        _("Major incident %(number)s: %(subject)s"),
        f"declared.{event.at.isoformat()}",
    )


def tell_of_roles(event: MajorRolesChanged) -> None:
    """Tell who leads now."""
    row = MajorIncident.objects.get(pk=event.major)
    people = set(event.people) - {event.person}
    _tell(
        row,
        "major",
        people,
        _("You lead in major incident %(number)s: %(subject)s"),
        f"roles.{event.at.isoformat()}",
    )


def tell_of_miss(event: MajorUpdateMissed) -> None:
    """Tell those who lead, and the leads of the team, that an update was missed."""
    row = MajorIncident.objects.select_related("incident").get(pk=event.major)
    leads = Membership.objects.filter(team=row.incident.team_id, is_lead=True, person__left_on__isnull=True)
    people = {*_leading(row), *leads.values_list("person", flat=True)}
    _tell(
        row,
        "missed",
        people,
        _("%(number)s: the update that was due is missing. %(subject)s"),
        f"line.{event.line}",
    )


def tell_of_status(event: MajorStatusPublished) -> None:
    """Tell whoever waits for the incident or one that hangs on it what everybody may read."""
    row = MajorIncident.objects.select_related("incident").get(pk=event.major)
    items = WorkItem.objects.filter(Q(pk=row.incident_id) | Q(pk__in=child_incidents(row).values("pk")))
    for number, requester in items.filter(is_open=True).values_list("number", "requester"):
        text = in_words(
            _("%(number)s is part of a disturbance: %(subject)s"), number=number, subject=row.subject
        )
        tidings = Tidings(
            "majors.status",
            text,
            reverse("portal-follow", args=(number,)),
            words=str(row.status_text),
            occasion=f"majors.line.{event.line}.{number}",
        )
        tell(actor=HOUSE, account_ids=account_ids_of([requester]), tidings=tidings)


def tell_of_end(event: MajorStoodDown) -> None:
    """Tell those who led."""
    row = MajorIncident.objects.get(pk=event.major)
    people = set(_leading(row)) - {event.person}
    _tell(row, "major", people, _("%(number)s is over: %(subject)s"), f"over.{event.at.isoformat()}")


def _leading(row: MajorIncident) -> Iterable[int]:
    return [getattr(row, f"{role}_id") for role in ROLES]


def _tell(
    row: MajorIncident, kind: str, people: Iterable[int | None], sentence: Promise, occasion: str
) -> None:
    text = in_words(sentence, number=row.number, subject=row.subject)
    url = reverse("majors-majorincident-detail", args=(row.pk,))
    tidings = Tidings(f"majors.{kind}", text, url, occasion=f"majors.{row.pk}.{occasion}")
    tell(actor=HOUSE, account_ids=account_ids_of(people), tidings=tidings)
