"""What the worker sends: the questions that have not left yet."""

from meridian.engine.notices.commands import tell
from meridian.engine.policies import system_actor
from meridian.registers.access.facade import account_ids_of
from meridian.work.surveys.commands import mark_sent
from meridian.work.surveys.models import Invitation
from meridian.work.surveys.queries.sending import tidings_of

HOUSE = system_actor("Surveys")
MOST = 500


def send(timestamp: int = 0) -> None:
    """Ask those whose invitation has not left; after a crash nobody is asked twice, for a notice is of one
    occasion."""
    waiting = Invitation.objects.filter(sent_at=None).select_related("item", "campaign").order_by("pk")
    rows = list(waiting[:MOST])
    for row in rows:
        tell(actor=HOUSE, account_ids=account_ids_of([row.person_id]), tidings=tidings_of(row))
    if rows:
        mark_sent(actor=HOUSE, rows=rows)
