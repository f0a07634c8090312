"""Where a deed done to many rows is undone, for the answers and histories that lead there."""

from datetime import timedelta
from typing import Protocol
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from meridian.engine.audit.models import Entry
from meridian.engine.policies import Actor
from meridian.engine.resources import Resource

UNDO_FOR = timedelta(hours=1)


def bulk_entry(resource: type[Resource]) -> str:
    """What the trail calls a deed done to many rows."""
    return f"{resource.model._meta.label_lower}.bulk"


def undo_address(resource: type[Resource], entry: Entry, actor: Actor) -> str:
    """Where a deed of the trail is undone by whoever did it, while there is time; "" for any other."""
    is_own = entry.actor_id is not None and entry.actor_id == actor.account_id
    in_time = entry.at > timezone.now() - UNDO_FOR
    if resource.undo is None or not is_own or not in_time or entry.command != bulk_entry(resource):
        return ""
    return reverse("undo", args=(resource.model._meta.label_lower, entry.pk))


class Done(Protocol):
    """What became of a deed: of which kind of row, how many changed, and under which entry."""

    resource: type[Resource]
    changed: int
    entry: int


def with_undo(words: str, done: Done, name: str, back: str) -> str:
    """The answer to the deed of this name, and the way to undo it, if it can be, which leads back again."""
    if not done.changed or name not in done.resource.undone:
        return words
    label = done.resource.model._meta.label_lower
    url = f"{reverse('undo', args=(label, done.entry))}?{urlencode({'next': back})}"
    return format_html('{} <a href="{}">{}</a>', words, url, _("Undo"))
