"""What people decide: that sightings are of one thing, that a key means nothing, that a value stays."""

from typing import Any

from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.commands import Refusal, Untimely, command, write_row
from meridian.engine.policies import Actor
from meridian.engine.records import reference
from meridian.holdings.discovery.commands.reconciling import reconcile
from meridian.holdings.discovery.commands.taking_in import LOCK
from meridian.holdings.discovery.models import BlockedKey, Duplicate, Lock, Sighting, Tie
from meridian.holdings.inventory.facade import attributes_of

Item = reference("inventory.Item")
# Values that every item has as columns of its own.
COLUMNS = ("name", "maker", "model", "serial", "class")


@command("discovery.duplicate.merge", on=Duplicate, target="row")
def merge(*, actor: Actor, row: Duplicate, sighting: Sighting, reason: str = "") -> Duplicate:
    """Say that all that is in doubt is of one thing, that of this sighting. It can be undone."""
    others = list(sightings_named(row.members).exclude(pk=sighting.pk))
    if not others:
        raise Refusal(_("Choose another sighting: this one is the one in doubt."), "sighting")
    for other in others:
        Tie.objects.create(first=other, second=sighting, reason=reason)
    _bring_up_to_date(actor, [sighting.pk, *(other.pk for other in others)])
    return _decided(row)


@command("discovery.duplicate.separate", on=Duplicate, target="row")
def separate(*, actor: Actor, row: Duplicate, reason: str = "") -> Duplicate:
    """Say that these are several things: the key that they share identifies nothing from now on."""
    if not is_key(row.subject):
        raise Untimely(_("This is a sighting and no key: say of which thing it is."))
    BlockedKey.objects.get_or_create(key=row.subject, defaults={"reason": reason})
    _bring_up_to_date(actor, list(sightings_named(row.members).values_list("pk", flat=True)))
    return _decided(row)


@command("discovery.tie.undo", on=Tie, target="row")
def undo(*, actor: Actor, row: Tie) -> Tie:
    """Undo a merge: each thing is again what its own sightings say."""
    if row.undone_at:
        raise Untimely(_("This merge was undone already."))
    row.undone_at = timezone.now()
    row.save()
    _bring_up_to_date(actor, [row.first_id, row.second_id])
    return row


@command("discovery.blockedkey.add", on=BlockedKey)
def block(*, actor: Actor, **fields: Any) -> BlockedKey:
    """Block a key: it identifies nothing from now on."""
    row = write_row(BlockedKey(), fields)
    _bring_up_to_date(actor, _carriers(row.key))
    return row


@command("discovery.blockedkey.remove", on=BlockedKey, target="row")
def unblock(*, actor: Actor, row: BlockedKey) -> None:
    """Let a key identify again."""
    key = row.key
    row.delete()
    _bring_up_to_date(actor, _carriers(key))


@command("discovery.lock.add", on=Lock)
def lock(*, actor: Actor, item: Item, attribute: str, value: Any, reason: str = "") -> Lock:
    """Set a value that no source changes. It remembers the last value that it kept out."""
    known = {*COLUMNS, *(found.code for found in attributes_of(item.item_class.code))}
    if attribute not in known:
        told = ", ".join(sorted(known))
        raise Refusal(
            _("Items of this class have these attributes: %(names)s.") % {"names": told}, "attribute"
        )
    row = write_row(Lock(), {"item": item, "attribute": attribute, "value": value, "reason": reason})
    _bring_up_to_date(actor, list(item.sightings.values_list("pk", flat=True)))
    row.refresh_from_db()
    return row


@command("discovery.lock.remove", on=Lock, target="row")
def release(*, actor: Actor, row: Lock) -> None:
    """Let the sources say the value again."""
    keys = list(row.item.sightings.values_list("pk", flat=True))
    row.delete()
    _bring_up_to_date(actor, keys)


def is_key(subject: str) -> bool:
    """Whether a doubt is about a key; else it is about a sighting."""
    return subject.split(":", 1)[0] in {"serial", "uuid", "imei", "tag", "agent"}


def sightings_named(names: list[str]) -> Any:
    """Sightings by the names that identification gives them."""
    name = Concat("source__code", Value("/"), "native", Value("/"), "face")
    return Sighting.objects.annotate(name=name).filter(name__in=names).order_by("pk")


def _decided(row: Duplicate) -> Duplicate:
    row.refresh_from_db()
    row.state = Duplicate.State.DECIDED
    row.save()
    return row


def _carriers(key: str) -> list[int]:
    kept = f"agent:{key.partition('/')[2]}" if key.startswith("agent:") else key
    found = Sighting.objects.filter(strong__contains=[kept]) | Sighting.objects.filter(weak__contains=[kept])
    return list(found.values_list("pk", flat=True))


def _bring_up_to_date(actor: Actor, keys: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    reconcile(actor, keys)
