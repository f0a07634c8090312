"""Rules by which an item finds who works on it, and what they decided of each."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.engine.translation import check_language
from meridian.work.servicedesk.contracts import Kind

HEAVIEST, MOST_IN_HAND, MOST_HOURS = 100, 500, 24


def weight(title: object, standard: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        title,  # type: ignore[arg-type]
        default=standard,
        validators=(MaxValueValidator(HEAVIEST),),
    )


class RouteRule(Record):
    """For items of a kind, category, language or urgency: which team, who may have them, and what counts.

    The first rule that fits an item decides; empty conditions fit everything.
    """

    place = models.PositiveSmallIntegerField(
        _("place"), unique=True, help_text=_("The lowest is asked first")
    )
    name = models.CharField(_("name"), max_length=80)
    is_active = models.BooleanField(_("active"), default=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, blank=True)
    category = models.ForeignKey(
        "servicedesk.Category",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("category"),
        related_name="route_rules",
    )
    language = models.CharField(_("language"), max_length=8, blank=True, validators=(check_language,))
    duty_station = models.ForeignKey(
        "places.DutyStation",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("duty station"),
        related_name="route_rules",
    )
    priority_until = models.PositiveSmallIntegerField(
        _("of this priority or graver"), default=5, validators=(MinValueValidator(1), MaxValueValidator(5))
    )
    team = models.ForeignKey(
        "servicedesk.Team",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("team"),
        related_name="route_rules",
        help_text=_("Empty: whichever hub is awake"),
    )
    skill = models.ForeignKey(
        "shifts.Skill",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("needed skill"),
        related_name="route_rules",
    )
    must_speak = models.BooleanField(_("must speak the requester's language"), default=True)
    most_in_hand = models.PositiveSmallIntegerField(
        _("open items a person at most"),
        default=12,
        validators=(MinValueValidator(1), MaxValueValidator(MOST_IN_HAND)),
    )
    hours_needed = models.PositiveSmallIntegerField(
        _("hours of the shift left"), default=1, validators=(MaxValueValidator(MOST_HOURS),)
    )
    weight_language = weight(_("weight of the own language"), 20)
    weight_skill = weight(_("weight of further skills"), 10)
    weight_affinity = weight(_("weight of having helped this requester"), 20)
    weight_site = weight(_("weight of knowing the site"), 15)
    weight_load = weight(_("weight of few items in hand"), 25)
    weight_time = weight(_("weight of the time left"), 10)

    class Meta:
        verbose_name = _("routing rule")
        verbose_name_plural = _("routing rules")

    def __str__(self) -> str:
        return f"{self.place}. {self.name}"


class Routing(Record):
    """How one item was routed last: by which rule, to whom, and how everybody stood who was asked about."""

    class State(models.TextChoices):
        ROUTED = "routed", _("routed")
        UNROUTABLE = "unroutable", _("nobody can have it")

    item = models.OneToOneField(
        "servicedesk.WorkItem", models.PROTECT, verbose_name=_("work item"), related_name="routing"
    )
    rule = models.ForeignKey(
        RouteRule, models.SET_NULL, null=True, verbose_name=_("rule"), related_name="routings"
    )
    state = models.CharField(_("state"), max_length=10, choices=State)
    team = models.ForeignKey(
        "servicedesk.Team", models.SET_NULL, null=True, verbose_name=_("team"), related_name="routings"
    )
    person = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, verbose_name=_("person"), related_name="routings"
    )
    routed_at = models.DateTimeField(_("when"))
    # What each candidate was: {"person": id, "team": id, "fails": [...], "points": {...}, "score": n}.
    candidates = models.JSONField(_("candidates"), default=list)

    class Meta:
        verbose_name = _("routing")
        verbose_name_plural = _("routings")

    def __str__(self) -> str:
        return f"{self.item_id} · {self.get_state_display()}"
