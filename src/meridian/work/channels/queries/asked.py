"""What a mail answers that offered something: to decide, to rate."""

from meridian.engine.mail_reading.reading import Mail
from meridian.engine.mailed_links.answering import Mailed
from meridian.engine.mailed_links.issuing import Holder, Offered
from meridian.engine.notices.queries import notice_answered
from meridian.work.channels.models import OutboundMail


def asked_by(mail: Mail) -> Mailed | None:
    """What was offered by the very mail that this one answers; None when that offered nothing."""
    if not mail.answers_first:
        return None
    left = OutboundMail.objects.select_related("person").exclude(offered=None)
    row = left.filter(message_id__in=mail.answers_first).first()
    if row is None or row.offered is None:
        return notice_answered(mail.answers_first)
    return Mailed(Offered(**row.offered), holder_of(row), row.address, row.sent_at or row.queued_at)


def holder_of(row: OutboundMail) -> Holder:
    """Whom a letter is for: the person, with an account or without one."""
    return Holder(None, row.person_id, str(row.person), row.language)
