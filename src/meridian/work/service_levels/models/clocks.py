"""How far each clock is, what was said to it, and who is called."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import AppendedRecord, Record
from meridian.work.service_levels.contracts import BreachReason, ClockState, Kind, Measure, Sign
from meridian.work.service_levels.models.policies import ClockPolicy, PolicyVersion


class Clock(Record):
    """A clock of an item, or of something else of a module (`subject`), as it was last counted.

    `stretches` are `[from, to, runs, reason, team, site, counted]` in seconds of 1970: they tile its time.
    `due_at` of a paused clock is as if it went on at the beginning of its pause. `fired` are the thresholds
    that it has passed: each fires once.
    """

    item = models.ForeignKey(
        "servicedesk.WorkItem",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("work item"),
        related_name="clocks",
    )
    subject = models.CharField(_("of"), max_length=120, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    people = ArrayField(
        models.BigIntegerField(), verbose_name=_("whose turn it is"), default=list, blank=True
    )
    policy = models.ForeignKey(ClockPolicy, models.PROTECT, verbose_name=_("policy"), related_name="clocks")
    terms = models.ForeignKey(
        PolicyVersion, models.PROTECT, verbose_name=_("policy version"), related_name="clocks", db_index=False
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    measure = models.CharField(_("measures"), max_length=10, choices=Measure)
    cycle = models.PositiveSmallIntegerField(_("which time"), default=1)
    team = models.ForeignKey(
        "servicedesk.Team",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("team"),
        related_name="clocks",
    )
    site = models.ForeignKey(
        "places.Site", models.PROTECT, null=True, blank=True, verbose_name=_("site"), related_name="clocks"
    )
    category = models.ForeignKey(
        "servicedesk.Category",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("service"),
        related_name="clocks",
    )
    priority = models.PositiveSmallIntegerField(_("priority"), default=4)
    state = models.CharField(_("state"), max_length=10, choices=ClockState)
    ended_as = models.CharField(_("ended as"), max_length=10, blank=True)
    target_seconds = models.PositiveIntegerField(_("target (seconds)"))
    open_seconds = models.PositiveIntegerField(_("counted (seconds)"), default=0)
    paused_seconds = models.PositiveIntegerField(_("paused (seconds)"), default=0)
    started_at = models.DateTimeField(_("began"))
    stopped_at = models.DateTimeField(_("ended"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"))
    next_fire_at = models.DateTimeField(_("speaks next"), null=True, blank=True)
    breached_at = models.DateTimeField(_("breached"), null=True, blank=True)
    fired = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("spoke at (%)"), default=list, blank=True
    )
    stretches = models.JSONField(_("stretches"), default=list)
    calendars = ArrayField(
        models.BigIntegerField(), verbose_name=_("calendars counted by"), default=list, blank=True
    )
    breach_reason = models.CharField(_("why it was late"), max_length=10, choices=BreachReason, blank=True)
    breach_note = models.CharField(_("note"), max_length=300, blank=True)
    annulled_at = models.DateTimeField(_("annulled"), null=True, blank=True)
    annulled_because = models.CharField(_("annulled because"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        constraints = (
            models.UniqueConstraint(fields=("item", "kind", "measure", "cycle"), name="clock_of_item_once"),
            models.UniqueConstraint(
                fields=("subject", "kind", "measure", "cycle"),
                name="clock_of_subject_once",
                condition=~models.Q(subject=""),
            ),
            models.CheckConstraint(
                condition=models.Q(item__isnull=False) ^ ~models.Q(subject=""),
                name="clock_is_of_something",
                violation_error_message=_("A clock is of an item or of one other thing."),
            ),
        )
        indexes = (
            models.Index(
                fields=("next_fire_at",),
                name="clock_speaks_next",
                condition=models.Q(next_fire_at__isnull=False),
            ),
            models.Index(
                fields=("due_at", "id"), name="clock_due", condition=models.Q(state__in=("running", "paused"))
            ),
            models.Index(fields=("stopped_at",), name="clock_stopped"),
        )

    def __str__(self) -> str:
        return (
            f"{self.get_measure_display()} · {self.item.number if self.item else self.title or self.subject}"
        )


class ClockSign(AppendedRecord):
    """What a module said to the clock of something of its own."""

    clock = models.ForeignKey(Clock, models.PROTECT, verbose_name=_("clock"), related_name="signs")
    sign = models.CharField(_("what"), max_length=10, choices=Sign)
    at = models.DateTimeField(_("when"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), db_default=models.functions.Now())

    class Meta:
        verbose_name = _("sign to a clock")
        verbose_name_plural = _("signs to clocks")
        indexes = (models.Index(fields=("clock", "id"), name="clock_sign_of"),)

    def __str__(self) -> str:
        return f"{self.get_sign_display()} · {self.clock_id}"


class Call(Record):
    """Somebody who is to be told of a threshold when their hours begin; told once."""

    clock = models.ForeignKey(Clock, models.CASCADE, verbose_name=_("clock"), related_name="calls")
    percent = models.PositiveSmallIntegerField(_("at (% of the target)"))
    person = models.ForeignKey(
        "people.Person", models.CASCADE, verbose_name=_("person"), related_name="calls_of_clocks"
    )
    call_at = models.DateTimeField(_("to be told"))
    called_at = models.DateTimeField(_("told"), null=True, blank=True)
    instead = models.BooleanField(_("instead of who sleeps"), default=False)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = (
            models.UniqueConstraint(
                fields=("clock", "percent", "person"),
                name="call_once",
                violation_error_message=_("This person is told of it already."),
            ),
        )
        indexes = (
            models.Index(fields=("call_at",), name="call_waits", condition=models.Q(called_at__isnull=True)),
        )

    def __str__(self) -> str:
        return f"{self.percent} % · {self.person}"


class CountedBy(Record):
    """What a calendar said when clocks were last counted by it: by this a correction is noticed."""

    calendar = models.OneToOneField(
        "calendars.Calendar", models.CASCADE, verbose_name=_("calendar"), related_name="counted_by"
    )
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("calendar that clocks count by")
        verbose_name_plural = _("calendars that clocks count by")

    def __str__(self) -> str:
        return str(self.calendar)
