"""Mail leaves apart from the work that caused it."""

from django.core.mail import EmailMessage
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from meridian.engine.notices.commands import mail_text, mark_mailed
from meridian.engine.notices.models import Notice
from meridian.engine.policies import system_actor


@app.task(name="engine.notices.mail", queue="mail", retry=RetryStrategy(max_attempts=8, exponential_wait=4))
def mail(notice_id: int) -> None:
    """Send the mail of a notice once; a notice that is gone or mailed is left alone."""
    notice = Notice.objects.select_related("account").filter(pk=notice_id, mailed_at__isnull=True).first()
    if notice is None:
        return
    # RFC 3834: nobody's absence notice may answer this.
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage(notice.text, mail_text(notice), to=[notice.account.email], headers=headers).send()
    mark_mailed(actor=system_actor("mail"), row=notice)
