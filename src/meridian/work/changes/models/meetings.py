"""Meetings of a board: agenda and minutes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.figures import instant_text
from meridian.engine.records import Record
from meridian.work.changes.models.changes import Change
from meridian.work.changes.models.settings import Board


class Meeting(Record):
    """When a board meets; its minutes are kept with who was there."""

    board = models.ForeignKey(Board, models.PROTECT, verbose_name=_("board"), related_name="meetings")
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.TextField(_("minutes"), max_length=8_000, blank=True, editable=False)
    present = models.PositiveSmallIntegerField(_("members present"), default=0, editable=False)
    held_at = models.DateTimeField(_("minutes kept"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("board meeting")
        verbose_name_plural = _("board meetings")

    def __str__(self) -> str:
        return f"{self.board} · {instant_text(self.starts_at)}"


class AgendaItem(Record):
    """A change that a meeting speaks of."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, verbose_name=_("meeting"), related_name="agenda")
    change = models.ForeignKey(Change, models.PROTECT, verbose_name=_("change"), related_name="agenda")
    said = models.CharField(_("what was said"), max_length=1_000, blank=True)

    class Meta:
        verbose_name = _("item of an agenda")
        verbose_name_plural = _("items of agendas")
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "change"),
                name="agenda_item_once",
                violation_error_message=_("The change stands on this agenda already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.meeting} · {self.change_id}"
