"""The public figures, computed from the event log in the database."""

from collections.abc import Iterator
from datetime import timedelta

from meridian.work.histories.contracts import Figures, ItemLog
from meridian.work.histories.models import QuarantinedLine
from meridian.work.histories.queries.logs import logs_of_imported_items
from meridian.work.histories.rules import Outcome, figures
from meridian.work.histories.rules.wording import KNOWN, LOG_NAME
from meridian.work.servicedesk.contracts import Channel, State


def incident_figures() -> Figures | None:
    """The figures over every imported log; None when none was imported.

    `rows` counts events that came from a row, and the rows in quarantine.
    """
    outcomes = list(_outcomes())
    if not any(outcome.hours is not None for outcome in outcomes):
        return None
    aside = QuarantinedLine.objects.filter(intake__log__name=LOG_NAME).exclude(reason=KNOWN)
    return figures(outcomes, rows_quarantined=aside.count())


def _outcomes() -> Iterator[Outcome]:
    for log in logs_of_imported_items():
        outcome = outcome_of(log)
        if outcome.rows:
            yield outcome


def outcome_of(log: ItemLog) -> Outcome:
    """What the events of an item say; `rows` is 0 for one that came from no incident log."""
    replayed = [event.data for event in log.events if "row" in event.data and "quarantined" not in event.data]
    hours = None if log.resolved_at is None else (log.resolved_at - log.opened_at) / timedelta(hours=1)
    return Outcome(
        rows=len(replayed),
        reassigned_count=log.reassigned_count,
        reopened_count=log.reopened_count,
        teams=[event.data["team"][1] for event in log.events if "team" in event.data],
        made_sla=replayed[-1]["made_sla"] if replayed else True,
        waited=any(data["state"][1] == State.ON_HOLD for data in replayed if "state" in data),
        ci_linked=bool(log.configuration_item),
        by_phone=log.channel == Channel.PHONE,
        hours=hours,
        opening_hour=log.opened_at.hour,
    )
