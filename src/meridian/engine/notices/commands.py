"""Telling, reading, and choosing what to be told."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, command
from meridian.engine.mailed_links.issuing import Offered
from meridian.engine.modules.registry import notice_kinds
from meridian.engine.modules.work import queue_job
from meridian.engine.notices.models import Choice, Notice, Way
from meridian.engine.notices.queries import ways_of
from meridian.engine.policies import Actor
from meridian.engine.records.zones import zone_or_utc

MOST_CHARACTERS = 300
MOST_WORDS_CHARACTERS = 4_000


@dataclass(frozen=True, slots=True)
class Tidings:
    """What is to be told: a lazy sentence, somebody's `words` that go along, and where to read on.

    `kind` is the code of a `NoticeKind`. Of one `occasion` each account is told once; an empty
    one is told every time. `offered` lets the mail carry a link by which that is done at once.
    """

    kind: str
    text: str | Promise
    url: str = ""
    words: str = ""
    occasion: str = ""
    offered: Offered | None = None


@command("notices.notice.tell", on=Notice, title=_("tell people"))
def tell(*, actor: Actor, account_ids: Iterable[int], tidings: Tidings) -> list[Notice]:
    """Tell accounts something, each in its own language, zone and way; mail follows as a job.

    Whoever acts isn't told of it, nor is an account that is closed or wants no such notices.
    Returns the new notices.
    """
    kind = notice_kinds()[tidings.kind]
    wanted = set(account_ids) - {actor.account_id}
    ways = ways_of(tidings.kind, wanted)
    told_already: set[int] = set()
    if tidings.occasion:
        earlier = Notice.objects.filter(account__in=wanted, occasion=tidings.occasion)
        told_already.update(earlier.values_list("account", flat=True))
    accounts = get_user_model().objects.filter(pk__in=wanted - told_already, is_active=True)
    notices, mailed = [], []
    for account in accounts.only("pk", "language", "zone", "email").order_by("pk"):
        way = ways[account.pk]
        if way == Way.NOT_AT_ALL:
            continue
        notice = _notice(account, tidings)
        notices.append(notice)
        if way == Way.MAIL and account.email and not kind.by_letter:
            mailed.append(notice)
    made = Notice.objects.bulk_create(notices)
    for notice in mailed:
        queue_job("notices.mail", notice_id=notice.pk)
    return made


def _notice(account: Any, tidings: Tidings) -> Notice:
    with translation.override(account.language), timezone.override(zone_or_utc(account.zone)[0]):
        text = str(tidings.text)
    return Notice(
        account=account,
        kind=tidings.kind,
        occasion=tidings.occasion,
        text=text[:MOST_CHARACTERS],
        words=tidings.words[:MOST_WORDS_CHARACTERS],
        url=tidings.url,
        offered=asdict(tidings.offered) if tidings.offered else None,
    )


@command("notices.notice.read", on=Notice, target="rows", title=_("mark as read"))
def read_notices(*, actor: Actor, rows: list[Notice]) -> None:
    """Mark notices as read."""
    Notice.objects.filter(pk__in=[row.pk for row in rows], read_at__isnull=True).update(
        read_at=timezone.now()
    )


@command("notices.notice.mark_mailed", on=Notice, target="row", title=_("note that the mail has left"))
def mark_mailed(*, actor: Actor, row: Notice) -> None:
    """Note that the mail of a notice has left."""
    row.mailed_at = timezone.now()
    row.save(update_fields=("mailed_at",))


@command("notices.choice.choose", on=Choice, title=_("choose how to be told"))
def choose_ways(*, actor: Actor, ways: Mapping[str, str]) -> None:
    """Choose for one's own account how to be told of each kind: `ways` from kind to `Way`.

    Kinds that are not named stay as they are.
    """
    known = notice_kinds()
    for kind, way in ways.items():
        if kind not in known:
            raise Refusal(_("There is no kind of notice called “%(kind)s”.") % {"kind": kind}, kind)
        if way not in Way.values:
            raise Refusal(_("Choose one of the ways that are offered."), kind)
    chosen = {row.kind: row for row in Choice.objects.select_for_update().filter(account=actor.account_id)}
    for kind, way in ways.items():
        row = chosen.get(kind) or Choice(account_id=actor.own_account_id, kind=kind)
        if row.way != way:
            row.way = way
            row.save()
