"""Mail leaves apart from the work that caused it."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from meridian.engine.modules.registry import notice_kinds
from meridian.engine.notices.commands import mark_mailed
from meridian.engine.notices.models import Notice
from meridian.engine.policies import system_actor


def mail(notice_id: int) -> None:
    """Send the mail of a notice once; a notice that is gone, read or mailed is left alone."""
    unread = Notice.objects.select_related("account").filter(read_at__isnull=True, mailed_at__isnull=True)
    notice = unread.filter(pk=notice_id).first()
    if notice is None:
        return
    mail_of(notice).send()
    mark_mailed(actor=system_actor("mail"), row=notice)


def mail_of(notice: Notice) -> EmailMessage:
    """The mail that tells an account of a notice, in its language."""
    kind = notice_kinds().get(notice.kind)
    with translation.override(notice.account.language):
        body = render_to_string(
            "notices/mail.txt",
            {"notice": notice, "origin": settings.PUBLIC_ORIGIN, "kind": kind.title if kind else ""},
        )
    headers = {
        # RFC 3834: nobody's absence notice may answer this.
        "Auto-Submitted": "auto-generated",
        # A mail that is sent again after a crash is the same mail.
        "Message-ID": f"<notice-{notice.pk}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>",
    }
    return EmailMessage(" ".join(notice.text.split()), body, to=[notice.account.email], headers=headers)
