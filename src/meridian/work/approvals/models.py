"""Approvals: their steps, and who was asked and what they said."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.engine.translation import TranslatedField
from meridian.work.approvals.contracts import Decision, Mode, Standing, State, StepState


class Approval(Record):
    """The approval of one row as it stood: `digest` is over what was to be approved."""

    resource = models.CharField(_("kind of row"), max_length=80)
    row_id = models.BigIntegerField(_("row"))
    subject = models.CharField(_("subject"), max_length=200)
    requester = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name=_("asked by"), related_name="approvals_asked"
    )
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, null=True, verbose_name=_("unit"), related_name="approvals"
    )
    cost_centre = models.ForeignKey(
        "cost_centres.CostCentre",
        models.PROTECT,
        null=True,
        verbose_name=_("cost centre"),
        related_name="approvals",
    )
    digest = models.CharField(_("SHA-256"), max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(_("asked"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        indexes = (models.Index(fields=("resource", "row_id"), name="approval_row"),)
        constraints = (
            models.UniqueConstraint(
                fields=("resource", "row_id"),
                name="approval_once",
                condition=models.Q(state=State.WAITING),
                violation_error_message=_("This is waiting for approval already."),
            ),
        )

    def __str__(self) -> str:
        return self.subject


class Step(Record):
    """One step: whom it asks, how many have to agree, until when. `round` counts how often it was asked."""

    approval = models.ForeignKey(Approval, models.CASCADE, verbose_name=_("approval"), related_name="steps")
    place = models.PositiveSmallIntegerField(_("place"))
    name = TranslatedField(_("step"))
    mode = models.CharField(_("who has to approve"), max_length=4, choices=Mode, default=Mode.ALL)
    needed = models.PositiveSmallIntegerField(_("how many"), default=1)
    approvers = ArrayField(models.CharField(max_length=200), verbose_name=_("who is asked"))
    due_hours = models.PositiveIntegerField(_("hours to decide"), null=True)
    state = models.CharField(_("state"), max_length=8, choices=StepState, default=StepState.COMING)
    round = models.PositiveSmallIntegerField(_("times asked"), default=0)
    opened_at = models.DateTimeField(_("opened"), null=True)
    due_at = models.DateTimeField(_("due"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("step of approval")
        verbose_name_plural = _("steps of approval")
        indexes = (models.Index(fields=("due_at",), name="step_open_due", condition=models.Q(state="open")),)
        constraints = (
            models.UniqueConstraint(
                fields=("approval", "place"),
                name="approval_step_once",
                violation_error_message=_("This approval has a step at that place already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.place}. {self.name}"


class Approver(Record):
    """Somebody who is asked in a round of a step, what was decided, by whom and how."""

    step = models.ForeignKey(Step, models.CASCADE, verbose_name=_("step"), related_name="asked")
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name=_("approver"), related_name="asked_to_approve"
    )
    expression = models.CharField(_("asked as"), max_length=200)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, verbose_name=_("decided by"), related_name="+"
    )
    standing = models.CharField(_("in whose place"), max_length=10, choices=Standing, blank=True)
    channel = models.CharField(_("channel"), max_length=20, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True)

    class Meta:
        verbose_name = _("approver")
        verbose_name_plural = _("approvers")
        indexes = (
            models.Index(fields=("person",), name="approver_undecided", condition=models.Q(decision="")),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("step", "round", "person"),
                name="approver_once",
                violation_error_message=_("This person is asked in this step already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.step}"
