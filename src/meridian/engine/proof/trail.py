"""What the trail says of a figure: who wrote what decided it, and what was written since a page was made."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.audit.models import Change, Entry
from meridian.engine.policies import Actor
from meridian.engine.records import permitted_rows


@dataclass(frozen=True, slots=True)
class Written:
    """An entry of the trail; `url` is empty for who may not open it."""

    entry: int
    command: str
    who: str
    at: datetime
    url: str


def written_last(actor: Actor, model: type[models.Model], keys: Collection[int]) -> Written | None:
    """The last entry that wrote one of these rows; of a bulk load, which names none, the last of the table.

    Only rows that the actor sees may be asked for.
    """
    changes = Change.objects.filter(table=model._meta.db_table).select_related("entry")
    found = changes.filter(row_id__in=keys).order_by("-id").first() if keys else None
    if found is None and keys:
        found = changes.filter(row_id=None).order_by("-id").first()
    return _written(actor, found.entry) if found else None


def _written(actor: Actor, entry: Entry) -> Written:
    is_open = permitted_rows(Entry, actor).filter(pk=entry.pk).exists()
    url = reverse("audit-entry-detail", args=(entry.pk,)) if is_open else ""
    return Written(entry.pk, entry.command, entry.actor_label or _("Meridian"), entry.at, url)


def written_since(at: datetime, kinds: Iterable[type[models.Model]]) -> datetime | None:
    """When a row of these kinds was last written after an instant; None when none was."""
    tables = {model._meta.db_table for model in kinds}
    later = Change.objects.filter(table__in=tables, entry__at__gt=at)
    last: datetime | None = later.aggregate(last=Max("entry__at"))["last"]
    return last
