"""Who is told of requests for a change of a plan."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meridian.engine.audit.authors import authors_of
from meridian.engine.notices.commands import Tidings, tell
from meridian.engine.notices.words import FieldOf, in_words
from meridian.engine.policies import system_actor
from meridian.registers.access.facade import holders_of
from meridian.work.projects.events import ChangeAsked, ChangeDecided
from meridian.work.projects.models import Change

HOUSE = system_actor("Projects")


def tell_of_asked_change(event: ChangeAsked) -> None:
    """Tell those who may decide it."""
    change = _change(event.change)
    if change is not None:
        told = holders_of("projects.change.decide", change.project.unit.path) - {event.account}
        sentence = _("A change of the plan is asked for, at %(cost)s: %(project)s, %(title)s")
        tell(actor=HOUSE, account_ids=told, tidings=_tidings("to_decide", change, sentence))


def tell_of_decided_change(event: ChangeDecided) -> None:
    """Tell those who asked for it."""
    change = _change(event.change)
    if change is not None:
        accepted, refused = _("Accepted: %(project)s, %(title)s"), _("Refused: %(project)s, %(title)s")
        tidings = _tidings("decided", change, accepted if event.accepted else refused)
        tell(actor=HOUSE, account_ids=authors_of(change) - {event.account}, tidings=tidings)


def _change(key: int) -> Change | None:
    return Change.objects.select_related("project__unit").filter(pk=key).first()


def _tidings(kind: str, change: Change, sentence: Promise) -> Tidings:
    facts = {"project": change.project, "title": change.title, "cost": FieldOf(change, "effect_usd")}
    return Tidings(
        kind=f"projects.{kind}",
        text=in_words(sentence, **facts),
        url=reverse("projects-change-detail", args=(change.pk,)),
        words=change.reasons if kind == "to_decide" else "",
        occasion=f"projects.change.{change.pk}.{kind}",
    )
