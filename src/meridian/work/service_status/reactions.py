"""What major incidents and changes mean for services, and who is told."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meridian.engine.mailed_links.issuing import Offered
from meridian.engine.notices.commands import Tidings, tell
from meridian.engine.notices.words import FieldOf, in_words
from meridian.engine.policies import system_actor
from meridian.work.changes.events import ChangeDecided
from meridian.work.changes.facade import Change
from meridian.work.majors.events import MajorDeclared, MajorStatusPublished, MajorStoodDown
from meridian.work.majors.facade import MajorIncident
from meridian.work.service_status.commands import end_all, infer, inform_of_plan, inform_of_status
from meridian.work.service_status.models import StatusStep, Subscription
from meridian.work.service_status.queries import following

HOUSE = system_actor("Status of services")
BATCH = 500


def find_services(event: MajorDeclared) -> None:
    """Name the services that rest on what is down."""
    infer(actor=HOUSE, major=MajorIncident.objects.get(pk=event.major))


def tell_of_status(event: MajorStatusPublished) -> None:
    """Tell what everybody may read."""
    inform_of_status(actor=HOUSE, major=MajorIncident.objects.get(pk=event.major))


def end_disruptions(event: MajorStoodDown) -> None:
    """Say that the services work again."""
    end_all(actor=HOUSE, major=MajorIncident.objects.get(pk=event.major), at=event.at)


def tell_of_change(event: ChangeDecided) -> None:
    """Tell of maintenance that is planned, or is not any more."""
    inform_of_plan(actor=HOUSE, change=Change.objects.get(pk=event.change))


def tell_next(occasion: str, after: int) -> int | None:
    """Tell the next accounts that follow what happened, each once; the last of them, or None at the end."""
    steps = list(StatusStep.objects.filter(occasion=occasion).select_related("service", "major__incident"))
    if not steps:
        return None
    site = steps[0].major.incident.site_id if steps[0].major else None
    rows = following({step.service_id for step in steps}, site).filter(account__gt=after)
    found: dict[int, Subscription] = {}
    for row in rows[:BATCH]:
        found.setdefault(row.account_id, row)
    for account, row in found.items():
        step = next((step for step in steps if step.service_id == row.service_id), steps[0])
        tell(actor=HOUSE, account_ids=[account], tidings=_tidings(step, len(steps), row))
    return max(found, default=None)


def _tidings(step: StatusStep, count: int, row: Subscription) -> Tidings:
    """The sentence of a step, its public words, and the way to hear no more."""
    sentence = (
        _("%(service)s: %(what)s (%(level)s)")
        if count == 1
        else _("%(service)s and others: %(what)s (%(level)s)")
    )
    text = in_words(sentence, service=step.service, what=FieldOf(step, "kind"), level=FieldOf(step, "level"))
    words = "\n\n".join(str(part) for part in (step.subject, step.text) if part)
    return Tidings(
        "service_status.step",
        text,
        reverse("service-status-service", args=(step.service.code,)),
        words=words,
        occasion=f"status.{step.occasion}",
        offered=Offered.of("service_status.unsubscribe", row),
    )
