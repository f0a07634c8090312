"""What the worker sends: the questions that have not left yet."""

from meridian.engine.notices.commands import tell
from meridian.engine.policies import system_actor
from meridian.registers.access.facade import account_ids_of
from meridian.work.channels.facade import write_mail
from meridian.work.surveys.commands import mark_sent
from meridian.work.surveys.models import Invitation
from meridian.work.surveys.queries.sending import letter_of, tidings_of

HOUSE = system_actor("Surveys")
MOST = 500


def send(timestamp: int = 0) -> None:
    """Ask those whose invitation has not left; after a crash nobody is asked twice, for a notice is of one
    occasion."""
    waiting = (
        Invitation.objects.filter(sent_at=None).select_related("item", "campaign", "person").order_by("pk")
    )
    rows = list(waiting[:MOST])
    for row in rows:
        if accounts := account_ids_of([row.person_id]):
            tell(actor=HOUSE, account_ids=accounts, tidings=tidings_of(row))
        else:
            write_mail(actor=HOUSE, draft=letter_of(row))
    if rows:
        mark_sent(actor=HOUSE, rows=rows)
