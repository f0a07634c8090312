"""What the house knows of discovery."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from meridian.engine.policies import Actor, everywhere
from meridian.engine.resources import Ask, F, Resource, Verb
from meridian.holdings.discovery import commands
from meridian.holdings.discovery.commands.deciding import is_key
from meridian.holdings.discovery.models import (
    BlockedKey,
    Duplicate,
    Lock,
    QuarantinedReport,
    Sighting,
    Source,
    Tie,
)

EVIDENCE = everywhere()


def _sightings_meant(row: Any) -> QuerySet[Any]:
    """The sightings of the things that a doubt may mean."""
    return Sighting.objects.filter(item__identity__in=row.things).order_by("pk")


def _is_about_a_key(_actor: Actor, row: Duplicate) -> bool:
    """Where a key leads to several things, and nobody decided yet."""
    return row.state == Duplicate.State.OPEN and is_key(row.subject)


class SourceResource(Resource):
    model = Source
    address = "sources"
    policy = everywhere(everyone={"view"})
    key = "code"
    order = ("precedence", "code")
    icon = "server"
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("kind", column=True),
        F("precedence", column=True),
        F("most_days", column=True),
    )
    # A precedence decides about values that stand already: sources are set up by migrations of the house.
    add = change = remove = None


class SightingResource(Resource):
    model = Sighting
    address = "sightings"
    policy = EVIDENCE
    known_by = ("source", "native", "face")
    order = ("-heard_at",)
    related = ("source", "item")
    icon = "server"
    # What machines tell is kept as they tell it; the trail has what becomes of it: the items.
    audited = False
    add = change = remove = None
    fields = (
        F("native", column=True, api="r"),
        F("source", column=True, api="r"),
        F("face", column=True, api="r"),
        F("family", column=True, api="r"),
        F("item", column=True, filter=False, api="r"),
        F("first_at", api="r"),
        F("heard_at", column=True, api="r"),
        *(F(name, form=False, api="", io=False) for name in ("full_at", "full_digest", "claims", "later")),
        *(F(name, form=False, api="", io=False) for name in ("lists", "strong", "weak", "bodies")),
    )


class DuplicateResource(Resource):
    model = Duplicate
    address = "duplicates"
    policy = EVIDENCE
    key = "subject"
    order = ("state", "-opened_at")
    icon = "warning"
    state = "state"
    tones = {"open": "watch", "decided": "good", "gone": "still"}
    add = change = remove = None
    fields = (
        F("subject", column=True, search="A", api="r"),
        F("things", column=True, api="r"),
        F("members", api="r"),
        F("opened_at", column=True, api="r"),
        F("state", column=True, api="r"),
    )
    verbs = (
        Verb(
            commands.merge,
            _("They are one"),
            "merge",
            when=Q(state="open"),
            fields=(
                Ask("sighting", _("The thing that it is"), among=_sightings_meant),
                Ask("reason", _("Reason")),
            ),
        ),
        Verb(
            commands.separate,
            _("They are several"),
            "split",
            when=_is_about_a_key,
            fields=(Ask("reason", _("Reason")),),
        ),
    )


class TieResource(Resource):
    model = Tie
    address = "ties"
    policy = EVIDENCE
    order = ("-id",)
    related = ("first", "second")
    titled = ("first", "second")
    icon = "server"
    add = change = remove = None
    fields = (
        F("first", column=True, filter=False, api="r"),
        F("second", column=True, filter=False, api="r"),
        F("reason", column=True, api="r"),
        F("undone_at", column=True, api="r"),
    )
    verbs = (Verb(commands.undo, _("Undo"), "history", when=Q(undone_at=None)),)


class BlockedKeyResource(Resource):
    model = BlockedKey
    address = "blocked-keys"
    policy = EVIDENCE
    key = "key"
    order = ("key",)
    icon = "warning"
    add, change, remove = commands.block, None, commands.unblock
    fields = (F("key", column=True, search="A"), F("reason", column=True))


class LockResource(Resource):
    model = Lock
    address = "locks"
    policy = EVIDENCE
    known_by = ("item", "attribute")
    order = ("item", "attribute")
    related = ("item",)
    titled = ("item", "attribute")
    inside = "item"
    icon = "server"
    add, change, remove = commands.lock, None, commands.release
    fields = (
        F("item", column=True, filter=False),
        F("attribute", column=True),
        F("value"),
        F("reason", column=True),
        F("refused", api="r"),
        F("refused_source", column=True, api="r"),
    )


class QuarantinedReportResource(Resource):
    model = QuarantinedReport
    address = "quarantined-reports"
    policy = EVIDENCE
    appended = True
    order = ("-at",)
    related = ("source",)
    icon = "document"
    fields = (
        F("name", column=True, search="A", api="r"),
        F("source", column=True, api="r"),
        F("reason", column=True, search="B", api="r"),
        F("at", column=True, api="r"),
        F("digest", api="r"),
        F("beginning", api="r"),
    )
