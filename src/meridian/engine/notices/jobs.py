"""Mail leaves apart from the work that caused it."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from meridian.engine.mailed_links.issuing import Holder, Offered, issue_link
from meridian.engine.modules.registry import link_purposes, notice_kinds
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
            {
                "notice": notice,
                "origin": settings.PUBLIC_ORIGIN,
                "kind": kind.title if kind else "",
                **_offered(notice),
            },
        )
    headers = {
        # RFC 3834: nobody's absence notice may answer this.
        "Auto-Submitted": "auto-generated",
        # A mail that is sent again after a crash is the same mail.
        "Message-ID": f"<notice-{notice.pk}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>",
    }
    return EmailMessage(" ".join(notice.text.split()), body, to=[notice.account.email], headers=headers)


def _offered(notice: Notice) -> dict[str, Any]:
    """The link by which the reader does at once what is asked; of those whose purpose is no more, none."""
    offered: dict[str, Any] = notice.offered or {}
    purpose = link_purposes().get(offered.get("purpose", ""))
    if purpose is None:
        return {}
    account = notice.account
    holder = Holder(account.pk, account.person_id, str(account.person or account), account.language)
    link_url = issue_link(Offered(**offered), holder)
    return {"link_url": link_url, "link_title": purpose.declared.title, "link_days": purpose.declared.days}
