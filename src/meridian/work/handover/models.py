"""Hand-over sheets from hub to hub, item by item, and in whose hands each item is."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record


class Custody(Record):
    """In the hands of which hub an item is, and since when: only an acceptance changes it."""

    item = models.OneToOneField(
        "servicedesk.WorkItem", models.PROTECT, verbose_name=_("work item"), related_name="custody"
    )
    hub = models.ForeignKey(
        "shifts.Hub", models.PROTECT, verbose_name=_("in the hands of"), related_name="custodies"
    )
    since_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("custody")
        verbose_name_plural = _("custodies")

    def __str__(self) -> str:
        return f"{self.item_id} · {self.hub}"


class Sheet(Record):
    """What one hub hands over to the next at the end of its day."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        OFFERED = "offered", _("offered")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed")

    from_hub = models.ForeignKey(
        "shifts.Hub", models.PROTECT, verbose_name=_("from"), related_name="sheets_out"
    )
    to_hub = models.ForeignKey("shifts.Hub", models.PROTECT, verbose_name=_("to"), related_name="sheets_in")
    due_at = models.DateTimeField(_("at"), help_text=_("when the work is to be in the other hands"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT, editable=False)
    note = models.TextField(_("what else they should know"), blank=True, max_length=4_000)
    begun_at = models.DateTimeField(_("begun"), editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("hand-over sheet")
        verbose_name_plural = _("hand-over sheets")
        constraints = (
            models.UniqueConstraint(
                fields=("from_hub",),
                condition=~models.Q(state="closed"),
                name="sheet_open_once",
                violation_error_message=_("This hub has an open sheet already: go on with that one."),
            ),
            models.CheckConstraint(
                condition=~models.Q(from_hub=models.F("to_hub")),
                name="sheet_to_another",
                violation_error_message=_("A hub hands over to another hub, not to itself."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_hub} → {self.to_hub}"


class SheetItem(Record):
    """One item on a sheet: what the next hub must know, and what they answered."""

    class State(models.TextChoices):
        SELECTED = "selected", _("to be offered")
        OFFERED = "offered", _("offered")
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("returned")
        DROPPED = "dropped", _("taken off")

    sheet = models.ForeignKey(
        Sheet, models.CASCADE, verbose_name=_("sheet"), related_name="items", editable=False
    )
    item = models.ForeignKey(
        "servicedesk.WorkItem",
        models.PROTECT,
        verbose_name=_("work item"),
        related_name="handovers",
        editable=False,
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.SELECTED, editable=False)
    reasons = ArrayField(
        models.CharField(max_length=12), verbose_name=_("why"), default=list, blank=True, editable=False
    )
    summary = models.TextField(_("what it is about"), blank=True, max_length=2_000)
    tried = models.TextField(_("what was tried"), blank=True, max_length=2_000)
    next_action = models.CharField(_("what is to be done next"), blank=True, max_length=300)
    next_at = models.DateTimeField(_("when"), null=True, blank=True)
    blockers = models.CharField(_("what stands in the way"), blank=True, max_length=300)
    offered_at = models.DateTimeField(_("offered at"), null=True, blank=True, editable=False)
    offered_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("offered by"),
        related_name="+",
        editable=False,
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        "people.Person",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("answered by"),
        related_name="+",
        editable=False,
    )
    answer = models.CharField(_("reason"), blank=True, max_length=300, editable=False)
    told_at = models.DateTimeField(_("lead told at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("item of a sheet")
        verbose_name_plural = _("items of sheets")
        indexes = (
            models.Index(
                fields=("offered_at",),
                name="sheetitem_waiting",
                condition=models.Q(state="offered", told_at__isnull=True),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("sheet", "item"),
                name="sheetitem_once",
                violation_error_message=_("This item stands on the sheet already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.item} · {self.get_state_display()}"
