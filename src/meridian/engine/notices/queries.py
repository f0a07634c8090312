"""How accounts want to be told, and which notice a mail answers."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from meridian.engine.mailed_links.answering import Mailed
from meridian.engine.mailed_links.issuing import Holder, Offered
from meridian.engine.modules.registry import notice_kinds
from meridian.engine.notices.models import Choice, Notice, Way

MESSAGE_ID = re.compile(r"notice-(\d{1,18})-([0-9a-f]{32})@")


def ways_of(kind: str, account_ids: Iterable[int]) -> dict[int, Way]:
    """How each account wants to be told of a kind: as it chose, else as the kind has it."""
    wanted = set(account_ids)
    chosen = dict(Choice.objects.filter(account__in=wanted, kind=kind).values_list("account", "way"))
    usual = Way.MAIL if notice_kinds()[kind].by_mail else Way.BELL
    return {account: Way(chosen.get(account, usual)) for account in wanted}


def message_id_of(notice_id: int) -> str:
    """The Message-ID of a notice's mail: always the same, and known to nobody who didn't get the mail."""
    return f"notice-{notice_id}-{_mark_of(notice_id)}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}"


def _mark_of(notice_id: int) -> str:
    return salted_hmac("notices.mail", str(notice_id), algorithm="sha256").hexdigest()[:32]


def holder_of(notice: Notice) -> Holder:
    """Whom the mail of a notice is for."""
    account = notice.account
    return Holder(account.pk, account.person_id, str(account.person or account), account.language)


def notice_answered(message_ids: Iterable[str]) -> Mailed | None:
    """What the notice offered whose mail one of these names; None when none of them is ours."""
    for match in filter(None, map(MESSAGE_ID.match, message_ids)):
        if not constant_time_compare(match.group(2), _mark_of(int(match.group(1)))):
            continue
        rows = Notice.objects.select_related("account__person").exclude(offered=None)
        notice = rows.filter(pk=int(match.group(1))).first()
        if notice is not None and notice.offered:
            return Mailed(
                Offered(**notice.offered),
                holder_of(notice),
                notice.account.email,
                notice.mailed_at or notice.at,
            )
    return None
