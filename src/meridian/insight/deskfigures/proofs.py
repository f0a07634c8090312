"""What stands behind the desk's figures: the items that a bucket or a group counts."""

from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.listing.parameters import NotUnderstood
from meridian.engine.policies import Actor
from meridian.engine.proof.arguments import Arguments
from meridian.engine.proof.value import Added, Proof
from meridian.insight.deskfigures.queries import GROUPS, URGENT, items, of_age, opened_between
from meridian.insight.deskfigures.rules.ages import BUCKETS
from meridian.insight.deskfigures.words import age_text, group_titles

NONE = "none"


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
