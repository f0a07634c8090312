"""What stands behind the desk's figures: the items that a bucket, a group or an hour counts."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.figures import instant_text, time_text
from meridian.engine.listing.parameters import NotUnderstood
from meridian.engine.policies import Actor
from meridian.engine.proof.arguments import Arguments
from meridian.engine.proof.value import Added, Proof
from meridian.insight.deskfigures.queries import GROUPS, URGENT, items, of_age, opened_between
from meridian.insight.deskfigures.rules.ages import BUCKETS
from meridian.insight.deskfigures.words import age_text, group_titles

NONE = "none"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LAST_MINUTE = 600_000_000


def aged(actor: Actor, arguments: Arguments) -> Proof:
    """How many open items are so old; with `urgent`, of the first two priorities."""
    titles = {str(least): age_text(least, most) for least, most in BUCKETS}
    least = int(arguments.option("days", titles))
    most = dict(BUCKETS)[least]
    rows = items(actor).filter(of_age(timezone.localdate(), least, most), is_open=True)
    if arguments.text("urgent"):
        rows = rows.filter(priority__in=URGENT)
    title = _("Open items, %(age)s") % {"age": titles[str(least)]}
    return Proof(title, rows.count(), Added(rows, own=True), moves=True)


def group(actor: Actor, arguments: Arguments) -> Proof:
    """How many items of a group were opened between two days."""
    by = arguments.option("by", group_titles())
    first, last = arguments.day("first"), arguments.day("last")
    if last < first:
        raise NotUnderstood({"last": _("The last day is before the first.")})
    rows = opened_between(actor, first, last)
    key = arguments.text("key")
    if key == NONE:
        rows = rows.filter(**{f"{GROUPS[by]}__isnull": True})
    elif by in ("language", "channel"):
        rows = rows.filter(**{GROUPS[by]: key})
    else:
        rows = rows.filter(**{GROUPS[by]: arguments.key("key")})
    return Proof(_("Items opened then, of one group"), rows.count(), Added(rows, own=True))


def hour(actor: Actor, arguments: Arguments) -> Proof:
    """How many items came in during one hour, told by how many minutes have passed since 1970."""
    passed = arguments.key("begins")
    if passed > LAST_MINUTE:
        raise NotUnderstood({"begins": _("No hour lies so far ahead.")})
    begins = EPOCH + timedelta(minutes=passed)
    ends = begins + timedelta(hours=1)
    rows = items(actor).filter(opened_at__gte=begins, opened_at__lt=ends)
    title = _("Items that came in from %(begins)s to %(ends)s")
    told = {"begins": instant_text(begins), "ends": time_text(timezone.localtime(ends))}
    return Proof(title % told, rows.count(), Added(rows, own=True))


def minute_of(at: datetime) -> str:
    """The beginning of an hour as the address of its proof names it: zones begin theirs at any quarter."""
    return str((at - EPOCH) // timedelta(minutes=1))
