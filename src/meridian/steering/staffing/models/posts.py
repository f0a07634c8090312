"""Posts, and the actions of which they are folds."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meridian.engine.figures import day_text
from meridian.engine.records import Record
from meridian.steering.establishment.contracts import ActionKind, PostCategory, Tenure

KINDS = (
    (ActionKind.ESTABLISH.value, _("Establish")),
    (ActionKind.ABOLISH.value, _("Abolish")),
    (ActionKind.REDEPLOY.value, _("Redeploy")),
    (ActionKind.RECLASSIFY.value, _("Reclassify")),
    (ActionKind.RELOCATE.value, _("Relocate")),
    (ActionKind.CONVERT.value, _("Convert")),
    (ActionKind.TRANSFER.value, _("Transfer")),
)
CATEGORIES = (
    (PostCategory.PROFESSIONAL.value, _("Professional and higher")),
    (PostCategory.GENERAL_SERVICE.value, _("General service")),
    (PostCategory.OTHER.value, _("Other")),
)
TENURES = ((Tenure.POST.value, _("Post")), (Tenure.TEMPORARY.value, _("Temporary position")))
STANDINGS = (("standing", _("Standing")), ("abolished", _("Abolished")), ("transferred", _("Handed over")))
FUNDS = (
    ("regular_budget", _("Regular budget")),
    ("peacekeeping_support_account", _("Peacekeeping support account")),
    ("peacekeeping", _("Peacekeeping missions")),
    ("extrabudgetary", _("Extrabudgetary")),
    ("other_assessed", _("Other assessed")),
)
UNIT_HELP = _("Name of the division and, after a slash, of the section: infrastructure/operations.")


def _unit_code(label: Any, **options: Any) -> models.CharField:
    return models.CharField(label, max_length=160, help_text=UNIT_HELP, **options)


def _grade(label: Any, **options: Any) -> models.CharField:
    return models.CharField(label, max_length=20, **options)


def _category(label: Any, **options: Any) -> models.CharField:
    return models.CharField(label, max_length=30, choices=CATEGORIES, **options)


def _fund(label: Any) -> models.CharField:
    return models.CharField(label, max_length=30, choices=FUNDS, blank=True)


def _station(label: Any) -> models.CharField:
    return models.CharField(label, max_length=80, blank=True)


def _tenure(label: Any, **options: Any) -> models.CharField:
    return models.CharField(label, max_length=10, choices=TENURES, **options)


class Establishment(Record):
    """A body of posts that is granted together: an office, or what a paper counts.

    `dataset` is the key of the data set it was loaded from; empty for the organisation's own.
    """

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=160)
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("in charge"), related_name="establishments"
    )
    dataset = models.CharField(_("data set"), max_length=40, blank=True, editable=False)

    class Meta:
        verbose_name = _("establishment")
        verbose_name_plural = _("establishments")
        indexes = (models.Index(fields=("dataset",), name="establishment_dataset"),)

    def __str__(self) -> str:
        return self.name


class Stage(Record):
    """A day for which a post table was approved or proposed, and the order in which it lists things."""

    establishment = models.ForeignKey(
        Establishment, models.CASCADE, verbose_name=_("establishment"), related_name="stages"
    )
    name = models.CharField(_("name"), max_length=80)
    on = models.DateField(_("as it stands on"))
    units = ArrayField(
        models.CharField(max_length=160), verbose_name=_("units in order"), default=list, blank=True
    )
    grades = ArrayField(
        models.CharField(max_length=20), verbose_name=_("grades in order"), default=list, blank=True
    )

    class Meta:
        verbose_name = _("stage of a post table")
        verbose_name_plural = _("stages of post tables")
        constraints = (
            models.UniqueConstraint(
                fields=("establishment", "on"),
                name="stage_once_a_day",
                violation_error_message=_("The establishment has a stage on that day already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({day_text(self.on)})"


class Post(Record):
    """A post, as it is after its last action; `PostAction` tells what it was on any day."""

    number = models.CharField(_("number"), max_length=60, unique=True)
    establishment = models.ForeignKey(
        Establishment, models.PROTECT, verbose_name=_("establishment"), related_name="posts"
    )
    title = models.ForeignKey(
        "staffing.JobTitle",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("job title"),
        related_name="posts",
    )
    unit_code = _unit_code(_("unit"))
    grade = _grade(_("grade"))
    category = _category(_("category"), editable=False)
    fund = _fund(_("fund"))
    duty_station = _station(_("duty station"))
    tenure = _tenure(_("tenure"), default=Tenure.POST.value)
    standing = models.CharField(
        _("standing"), max_length=12, choices=STANDINGS, default="standing", editable=False
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = (models.Index(fields=("establishment", "unit_code", "grade"), name="post_place"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="post_ends_after_start",
                violation_error_message=_("A post can't end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(standing="standing", ends_on__isnull=True)
                | (~Q(standing="standing") & Q(ends_on__isnull=False)),
                name="post_standing_or_ended",
                violation_error_message=_("A post that ended has the day on which it did."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} · {self.grade}"


class PostAction(Record):
    """What happened to a post on a day, with its attributes before and after.

    The halves of one action meet those of its neighbours, which a trigger enforces; an empty
    grade says that there was no post before, or that there is none after. For posts that come
    from or go to another establishment the unit of the empty half names that other.
    """

    post = models.ForeignKey(Post, models.CASCADE, verbose_name=_("post"), related_name="actions")
    sequence = models.PositiveSmallIntegerField(_("sequence"), editable=False)
    kind = models.CharField(_("action"), max_length=10, choices=KINDS)
    effective_on = models.DateField(_("takes effect on"))
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    from_unit_code = _unit_code(_("unit before"), blank=True)
    from_grade = _grade(_("grade before"), blank=True)
    from_category = _category(_("category before"), blank=True)
    from_fund = _fund(_("fund before"))
    from_duty_station = _station(_("duty station before"))
    from_tenure = _tenure(_("tenure before"), blank=True)
    to_unit_code = _unit_code(_("unit after"), blank=True)
    to_grade = _grade(_("grade after"), blank=True)
    to_category = _category(_("category after"), blank=True)
    to_fund = _fund(_("fund after"))
    to_duty_station = _station(_("duty station after"))
    to_tenure = _tenure(_("tenure after"), blank=True)

    class Meta:
        verbose_name = _("post action")
        verbose_name_plural = _("post actions")
        indexes = (models.Index(fields=("effective_on", "post"), name="post_action_day"),)
        constraints = (
            models.UniqueConstraint(
                fields=("post", "sequence"),
                name="post_action_sequence",
                violation_error_message=_("Somebody else acted on this post at the same time. Look again."),
            ),
            models.UniqueConstraint(
                fields=("post",),
                condition=Q(from_grade=""),
                name="post_comes_once",
                violation_error_message=_("The post is established already."),
            ),
            models.UniqueConstraint(
                fields=("post",),
                condition=Q(to_grade=""),
                name="post_goes_once",
                violation_error_message=_("The post is gone already: it can't go twice."),
            ),
            models.CheckConstraint(
                condition=(Q(kind="establish", from_grade="") & ~Q(to_grade=""))
                | (Q(kind="abolish", to_grade="") & ~Q(from_grade=""))
                | (Q(kind="transfer", from_grade="") & ~Q(to_grade=""))
                | (Q(kind="transfer", to_grade="") & ~Q(from_grade=""))
                | (
                    Q(kind__in=("redeploy", "reclassify", "relocate", "convert"))
                    & ~Q(from_grade="")
                    & ~Q(to_grade="")
                ),
                name="post_action_halves",
                violation_error_message=_("An action of this kind needs a post that stands."),
            ),
            models.CheckConstraint(
                condition=(~Q(kind="redeploy") | ~Q(from_unit_code=F("to_unit_code")))
                & (~Q(kind="reclassify") | ~Q(from_grade=F("to_grade")))
                & (~Q(kind="relocate") | ~Q(from_duty_station=F("to_duty_station")))
                & (~Q(kind="convert") | ~Q(from_tenure=F("to_tenure"))),
                name="post_action_changes",
                violation_error_message=_("The action changes nothing."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.post} · {self.get_kind_display()} · {day_text(self.effective_on)}"


class Headcount(Record):
    """How many persons of a category work for an entity on a day, under any contract."""

    establishment = models.ForeignKey(
        Establishment, models.CASCADE, verbose_name=_("establishment"), related_name="headcounts"
    )
    entity = models.CharField(_("entity"), max_length=120)
    category = models.CharField(_("category"), max_length=60)
    persons = models.PositiveIntegerField(_("persons"))
    on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("headcount")
        verbose_name_plural = _("headcounts")
        constraints = (
            models.UniqueConstraint(
                fields=("establishment", "entity", "category", "on"),
                name="headcount_once",
                violation_error_message=_("This entity and category is counted on that day already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.entity} · {self.category}"
