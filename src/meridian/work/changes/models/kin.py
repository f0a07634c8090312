"""What belongs to a change as to every item."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meridian.work.changes.contracts import EventType
from meridian.work.changes.models.changes import Change
from meridian.work.items.facade import (
    ItemEvent,
    ItemLink,
    ItemMerge,
    ItemMessage,
    ItemNumber,
    ItemPresence,
    ItemWatcher,
)


class ChangeEvent(ItemEvent):
    """Something that happened to a change."""

    item = models.ForeignKey(Change, models.PROTECT, related_name="events", db_index=False)
    actor = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    type = models.CharField(max_length=12, choices=EventType)

    class Meta:
        verbose_name = _("event of a change")
        verbose_name_plural = _("events of changes")
        constraints = (models.UniqueConstraint(fields=("item", "sequence"), name="change_event_sequence"),)


class ChangeMessage(ItemMessage):
    """Words said about a change."""

    event = models.OneToOneField(ChangeEvent, models.PROTECT, related_name="message")
    item = models.ForeignKey(Change, models.PROTECT, related_name="messages")

    class Meta:
        verbose_name = _("word on a change")
        verbose_name_plural = _("words on changes")


class ChangeNumber(ItemNumber):
    item = models.ForeignKey(Change, models.CASCADE, verbose_name=_("change"), related_name="numbers")

    class Meta:
        verbose_name = _("further number of a change")
        verbose_name_plural = _("further numbers of changes")


class ChangeWatcher(ItemWatcher):
    item = models.ForeignKey(Change, models.CASCADE, verbose_name=_("change"), related_name="watchers")
    person = models.ForeignKey(
        "people.Person", models.CASCADE, verbose_name=_("person"), related_name="watched_changes"
    )

    class Meta(ItemWatcher.Meta):
        verbose_name = _("watcher of a change")
        verbose_name_plural = _("watchers of changes")


class ChangeLink(ItemLink):
    source = models.ForeignKey(
        Change,
        models.CASCADE,
        verbose_name=pgettext_lazy("where a link starts", "from"),
        related_name="links_out",
    )
    target = models.ForeignKey(Change, models.CASCADE, verbose_name=_("to"), related_name="links_in")

    class Meta(ItemLink.Meta):
        verbose_name = _("link of changes")
        verbose_name_plural = _("links of changes")


class ChangeMerge(ItemMerge):
    target = models.ForeignKey(Change, models.PROTECT, verbose_name=_("into"), related_name="merges_in")
    source = models.ForeignKey(
        Change, models.PROTECT, verbose_name=_("merged change"), related_name="merges_out"
    )

    class Meta(ItemMerge.Meta):
        verbose_name = _("merge of changes")
        verbose_name_plural = _("merges of changes")


class ChangePresence(ItemPresence):
    item = models.ForeignKey(Change, models.CASCADE, related_name="presences")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")

    class Meta(ItemPresence.Meta):
        verbose_name = _("presence at a change")
        verbose_name_plural = _("presences at changes")
