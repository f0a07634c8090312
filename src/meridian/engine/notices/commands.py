"""Telling and reading."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone, translation
from django.utils.functional import Promise
from procrastinate.contrib.django import app

from meridian.engine.commands import command
from meridian.engine.notices.models import Notice
from meridian.engine.policies import Actor

MOST_CHARACTERS = 300


@command("notices.notice.tell", on=Notice)
def tell(
    *, actor: Actor, account_ids: Iterable[int], text: str | Promise, url: str = "", by_mail: bool = True
) -> list[Notice]:
    """Tell accounts something, each in its own language; mail follows as a job."""
    accounts = get_user_model().objects.filter(pk__in=list(account_ids), is_active=True)
    notices = []
    for account in accounts.only("pk", "language", "email"):
        with translation.override(account.language):
            notices.append(Notice(account=account, text=str(text)[:MOST_CHARACTERS], url=url))
    made = Notice.objects.bulk_create(notices)
    if by_mail:
        for notice in made:
            if notice.account.email:
                app.configure_task("engine.notices.mail", queue="mail").defer(notice_id=notice.pk)
    return made


@command("notices.notice.read", on=Notice, target="rows")
def read_notices(*, actor: Actor, rows: list[Notice]) -> None:
    """Mark notices as read."""
    Notice.objects.filter(pk__in=[row.pk for row in rows], read_at__isnull=True).update(
        read_at=timezone.now()
    )


@command("notices.notice.mark_mailed", on=Notice, target="row")
def mark_mailed(*, actor: Actor, row: Notice) -> None:
    """Note that the mail of a notice has left."""
    row.mailed_at = timezone.now()
    row.save(update_fields=("mailed_at",))


def mail_text(notice: Notice) -> str:
    """The body of the mail: the sentence and the address."""
    return f"{notice.text}\n\n{settings.PUBLIC_ORIGIN}{notice.url}\n" if notice.url else f"{notice.text}\n"
