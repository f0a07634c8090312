"""Which policy a clock follows, and why the others don't."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meridian.engine.design.tables import Cell, Column, Row, Table
from meridian.engine.listing.cut import Cut
from meridian.engine.values.addresses import url_of
from meridian.work.service_levels.facade import (
    HOLDS,
    SILENT,
    WIDER,
    Book,
    Clocked,
    ClockPolicy,
    weighed,
)

MOST_POLICIES = 15
WORDS = {
    HOLDS: gettext_lazy("holds: nothing is meant for it more closely"),
    WIDER: gettext_lazy("fits, but is meant for more than the one that holds"),
    SILENT: gettext_lazy("fits, but has no version yet: it promises nothing"),
    "team": gettext_lazy("is for another team"),
    "category": gettext_lazy("is for another service"),
    "site": gettext_lazy("is for another site"),
    "item_kind": gettext_lazy("is for another kind of item"),
}
TONES = {HOLDS: "accent", SILENT: "watch"}
Weighed = list[tuple[int, str]]


def weighed_policies(clock: Clocked, book: Book) -> Weighed:
    """The policies of the same promise with why each holds or not, by key."""
    same = book.rules.promises.get((clock.promise.kind, clock.run.measure), ())
    found = weighed(same, clock.promise, clock.run.standing, book.rules.wholes)
    return [(promise.policy, why) for promise, why in found]


def policies_of(weighed: Iterable[Weighed]) -> dict[int, ClockPolicy]:
    """The rows that are shown of them, in one statement."""
    keys = {key for one in weighed for key, _why in one[:MOST_POLICIES]}
    return ClockPolicy.objects.select_related("team", "category", "site").in_bulk(keys)


def policies_table(weighed: Weighed, policies: Mapping[int, ClockPolicy]) -> tuple[Table, Cut[Any]]:
    """What is shown of them: the one that holds first, then what fits, then the others."""
    shown = Cut(weighed[:MOST_POLICIES], len(weighed))
    columns = [Column(_("Policy")), Column(_("Meant for")), Column(_("Does it hold?"))]
    rows = [_row(policies[key], why) for key, why in shown.shown if key in policies]
    return Table(_("Policies that were weighed"), columns, rows), shown


def _row(policy: ClockPolicy, why: str) -> Row:
    verdict = Cell(str(WORDS[why]), "state", tone=TONES.get(why, "still"))
    return Row([Cell(str(policy), url=url_of(policy)), Cell(_meant_for(policy)), verdict])


def _meant_for(policy: ClockPolicy) -> str:
    """For what a policy is meant, the closest first."""
    parts = [policy.team, policy.category, policy.site, policy.get_item_kind_display()]
    return " · ".join(str(part) for part in parts if part) or _("everything")
