"""What is promised to whom, from when on, in which hours, and who is told when it runs out."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.figures import day_text
from meridian.engine.listing.parameters import whole_number
from meridian.engine.records import Record
from meridian.engine.translation import TranslatedField
from meridian.work.service_levels.contracts import (
    THRESHOLDS,
    Kind,
    Measure,
)
from meridian.work.service_levels.rules.hours import Nonsense, parse_hours

LATEST_PERCENT = 300
# Beyond it nobody promises anything, and no clock could say when it would be due in hours of one a week.
MOST_MINUTES = 2 * 365 * 24 * 60


def usual_thresholds() -> list[str]:
    """The per cent of a target at which a clock speaks unless a policy says otherwise."""
    return [str(percent) for percent in THRESHOLDS]


class ClockPolicy(Record):
    """A promise: what is measured, for whom, and how much of it is to be kept. Its versions say by when."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = TranslatedField(_("name"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.SLA)
    measure = models.CharField(_("measures"), max_length=10, choices=Measure)
    item_kind = models.CharField(
        _("only for"),
        max_length=10,
        blank=True,
        choices=(("incident", _("Incident")), ("request", _("Service request"))),
    )
    category = models.ForeignKey(
        "servicedesk.Category",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("service"),
        related_name="clock_policies",
    )
    site = models.ForeignKey(
        "places.Site",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("site"),
        related_name="clock_policies",
    )
    team = models.ForeignKey(
        "servicedesk.Team",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("team"),
        related_name="clock_policies",
    )
    agreed_percent = models.PositiveSmallIntegerField(
        _("kept at least (%)"), default=90, validators=(MinValueValidator(1), MaxValueValidator(100))
    )

    class Meta:
        verbose_name = _("service level policy")
        verbose_name_plural = _("service level policies")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "measure", "item_kind", "category", "site", "team"),
                name="clock_policy_one_at_a_place",
                nulls_distinct=False,
                violation_error_message=_(
                    "Another policy promises the same for the same service, site, team and kind of item:"
                    " nobody could say which holds. Give that one a further version instead."
                ),
            ),
        )

    def __str__(self) -> str:
        return str(self.name) or self.code

    @property
    def is_general(self) -> bool:
        """Whether it is what holds where no other policy does."""
        return not (self.item_kind or self.category_id or self.site_id or self.team_id)


class PolicyVersion(Record):
    """What a policy promises from a day on. A clock keeps the version that was in force when it began."""

    policy = models.ForeignKey(ClockPolicy, models.CASCADE, verbose_name=_("policy"), related_name="versions")
    effective_on = models.DateField(_("effective from"))
    hours = models.CharField(
        _("counted in the hours of"),
        max_length=200,
        default="team",
        help_text=_(
            "team, site, hubs, always, or the code of a calendar; “&” when both are open, “|” when either is."
            " Example: hubs & site"
        ),
    )
    priority_1 = models.PositiveIntegerField(_("target at priority 1 (minutes)"), null=True, blank=True)
    priority_2 = models.PositiveIntegerField(_("target at priority 2 (minutes)"), null=True, blank=True)
    priority_3 = models.PositiveIntegerField(_("target at priority 3 (minutes)"), null=True, blank=True)
    priority_4 = models.PositiveIntegerField(_("target at priority 4 (minutes)"), null=True, blank=True)
    priority_5 = models.PositiveIntegerField(_("target at priority 5 (minutes)"), null=True, blank=True)
    thresholds = ArrayField(
        models.CharField(max_length=3),
        verbose_name=_("speaks at (% of the target)"),
        default=usual_thresholds,
        blank=True,
    )
    runs_on = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("runs on while waiting for"),
        default=list,
        blank=True,
        help_text=_("codes of hold reasons that stop other clocks, but not this one"),
    )

    class Meta:
        verbose_name = _("policy version")
        verbose_name_plural = _("policy versions")
        constraints = (
            models.UniqueConstraint(
                fields=("policy", "effective_on"),
                name="policy_version_once",
                violation_error_message=_("This policy already has a version from that day."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.policy} · {day_text(self.effective_on)}"

    @property
    def minutes(self) -> tuple[int | None, ...]:
        """The targets by priority."""
        return (self.priority_1, self.priority_2, self.priority_3, self.priority_4, self.priority_5)

    def clean(self) -> None:
        """Refuse hours that nobody could count in, and promises of nothing."""
        faults: dict[str, str] = {}
        if fault := hours_fault(self.hours):
            faults["hours"] = fault
        if all(minutes is None for minutes in self.minutes):
            faults["priority_1"] = str(_("Promise something for at least one priority."))
        for place, minutes in enumerate(self.minutes, start=1):
            if minutes == 0:
                faults[f"priority_{place}"] = str(
                    _("A target is at least one minute; leave it empty for none.")
                )
            elif minutes is not None and minutes > MOST_MINUTES:
                faults[f"priority_{place}"] = str(_("A target is at most two years of minutes: 1,051,200."))
        if not all(0 < (whole_number(said) or 0) <= LATEST_PERCENT for said in self.thresholds):
            faults["thresholds"] = str(_("Write per cents from 1 to %(most)d.") % {"most": LATEST_PERCENT})
        if faults:
            raise ValidationError(faults)


def hours_fault(text: str) -> str:
    """What is wrong with hours as they are written; empty when nothing is."""
    try:
        parse_hours(text)
    except Nonsense as fault:
        sentences = {
            "empty": _("Say in which hours the clock counts, such as: team & site"),
            "word": _("Between the signs & and | stands a word: team, site, hubs, always or a calendar."),
            "closing": _("A bracket is opened and not closed."),
            "ending": _("“%(shown)s” can't follow there: put & or | between two words."),
            "deep": _("These brackets stand too deep in one another."),
        }
        return str(sentences[fault.code]) % {"shown": fault.shown}
    return ""


class Escalation(Record):
    """Who is told when a clock of the policy has counted so much of its target, and in whose hours."""

    class Whom(models.TextChoices):
        ASSIGNEE = "assignee", _("Who has the item")
        TEAM = "team", _("Everybody of the team")
        LEAD = "lead", _("Who leads the team")

    class When(models.TextChoices):
        AT_ONCE = "any", _("At once, whatever the hour")
        THEIR_HOURS = "recipient", _("In their working hours")
        AWAKE = "awake", _("In their working hours, or at once whoever is awake instead")

    policy = models.ForeignKey(
        ClockPolicy, models.CASCADE, verbose_name=_("policy"), related_name="escalations"
    )
    percent = models.PositiveSmallIntegerField(
        _("at (% of the target)"), validators=(MinValueValidator(1), MaxValueValidator(LATEST_PERCENT))
    )
    whom = models.CharField(_("tells"), max_length=10, choices=Whom)
    when = models.CharField(_("when"), max_length=10, choices=When, default=When.AWAKE)

    class Meta:
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        constraints = (
            models.UniqueConstraint(
                fields=("policy", "percent", "whom"),
                name="escalation_once",
                violation_error_message=_("They are told at that point already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.percent} % · {self.get_whom_display()}"


class SiteHours(Record):
    """When people work at a site, where it isn't as the desk of its duty station does."""

    site = models.OneToOneField(
        "places.Site", models.CASCADE, verbose_name=_("site"), related_name="working_hours"
    )
    calendar = models.ForeignKey(
        "calendars.Calendar", models.PROTECT, verbose_name=_("works by"), related_name="sites"
    )

    class Meta:
        verbose_name = _("hours of a site")
        verbose_name_plural = _("hours of sites")

    def __str__(self) -> str:
        return f"{self.site} · {self.calendar}"
