"""Mail leaves apart from the work that caused it."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation

from meridian.engine.mailed_links.answering import words_of
from meridian.engine.mailed_links.issuing import Offered, issue_link
from meridian.engine.modules.registry import link_purposes, notice_kinds, offers_to
from meridian.engine.notices.commands import mark_mailed
from meridian.engine.notices.models import Notice
from meridian.engine.notices.queries import holder_of, message_id_of
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
    address = next((given.function() for given in offers_to("answer_address")), "")
    with translation.override(notice.account.language):
        body = render_to_string(
            "notices/mail.txt",
            {
                "notice": notice,
                "origin": settings.PUBLIC_ORIGIN,
                "kind": kind.title if kind else "",
                **_offered(notice, is_answered=bool(address)),
            },
        )
    headers = {
        # RFC 3834: nobody's absence notice may answer this.
        "Auto-Submitted": "auto-generated",
        # A mail that is sent again after a crash is the same mail.
        "Message-ID": f"<{message_id_of(notice.pk)}>",
    }
    answered_to = [address] if address and notice.offered else None
    return EmailMessage(
        " ".join(notice.text.split()), body, to=[notice.account.email], headers=headers, reply_to=answered_to
    )


def _offered(notice: Notice, *, is_answered: bool) -> dict[str, Any]:
    """The link by which the reader does at once what is asked; of those whose purpose is no more, none.

    Where answers are taken in, also the words that an answer may begin with.
    """
    offered: dict[str, Any] = notice.offered or {}
    purpose = link_purposes().get(offered.get("purpose", ""))
    if purpose is None:
        return {}
    what, holder = Offered(**offered), holder_of(notice)
    return {
        "link_url": issue_link(what, holder),
        "link_title": purpose.declared.title,
        "link_days": purpose.declared.days,
        "link_words": words_of(what, holder, timezone.now()) if is_answered else (),
    }
