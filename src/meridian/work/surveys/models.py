"""Question sets, campaigns, who was asked, and what they answered."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.engine.translation import TranslatedField

CHANCE = (MinValueValidator(0), MaxValueValidator(1))


class QuestionSet(Record):
    """Questions that are asked together: after a request, or in a campaign."""

    class Occasion(models.TextChoices):
        ITEM = "item", _("after a request or an incident")
        CAMPAIGN = "campaign", _("in a campaign")

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = TranslatedField(_("title"), max_length=200)
    introduction = TranslatedField(_("introduction"), is_long=True, max_length=1_000, blank=True)
    occasion = models.CharField(_("asked"), max_length=10, choices=Occasion)
    chance = models.DecimalField(
        _("chance of being asked"),
        max_digits=6,
        decimal_places=5,
        default=1,
        validators=CHANCE,
        help_text=_("From 0 to 1; it is kept with each invitation"),
    )
    open_days = models.PositiveSmallIntegerField(_("days to answer"), default=14)
    in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("question set")
        verbose_name_plural = _("question sets")
        constraints = (
            models.UniqueConstraint(
                fields=("occasion",),
                condition=models.Q(occasion="item", in_use=True),
                name="question_set_after_items_once",
                violation_error_message=_("Another question set is asked after requests already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.title)


class Question(Record):
    """One question of a set, answered by 1 (bad) to 5 (good)."""

    question_set = models.ForeignKey(
        QuestionSet, models.CASCADE, verbose_name=_("question set"), related_name="questions"
    )
    code = models.CharField(_("code"), max_length=40)
    place = models.PositiveSmallIntegerField(_("place"), default=10)
    text = TranslatedField(_("question"), max_length=300)
    service = models.ForeignKey(
        "services.Service",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("about the service"),
        related_name="survey_questions",
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = (
            models.UniqueConstraint(
                fields=("question_set", "code"),
                name="question_once",
                violation_error_message=_("The set has a question with this code already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.text)


class Reason(Record):
    """Why somebody scores as they do, to be ticked."""

    question_set = models.ForeignKey(
        QuestionSet, models.CASCADE, verbose_name=_("question set"), related_name="reasons"
    )
    code = models.CharField(_("code"), max_length=40)
    name = TranslatedField(_("reason"), max_length=200)

    class Meta:
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")
        constraints = (
            models.UniqueConstraint(
                fields=("question_set", "code"),
                name="reason_once",
                violation_error_message=_("The set has a reason with this code already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.name)


class Campaign(Record):
    """A question set asked of many in the same weeks, with the campaign before it beside."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = TranslatedField(_("title"), max_length=200)
    question_set = models.ForeignKey(
        QuestionSet, models.PROTECT, verbose_name=_("question set"), related_name="campaigns"
    )
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name=_("the one before"), related_name="+"
    )
    chance = models.DecimalField(
        _("chance of being asked"), max_digits=6, decimal_places=5, default=1, validators=CHANCE
    )
    target_percent = models.PositiveSmallIntegerField(
        _("target (per cent satisfied)"), null=True, blank=True, validators=(MaxValueValidator(100),)
    )
    ends_on = models.DateField(_("ends on"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")

    def __str__(self) -> str:
        return str(self.title)


class Invitation(Record):
    """Somebody is asked: about an item, or in a campaign; with the chance by which they were drawn."""

    question_set = models.ForeignKey(
        QuestionSet, models.PROTECT, verbose_name=_("question set"), related_name="invitations"
    )
    campaign = models.ForeignKey(
        Campaign,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("campaign"),
        related_name="invitations",
    )
    item = models.ForeignKey(
        "servicedesk.WorkItem",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("item"),
        related_name="+",
    )
    person = models.ForeignKey("people.Person", models.PROTECT, verbose_name=_("person"), related_name="+")
    language = models.CharField(_("language"), max_length=8, default="en")
    chance = models.DecimalField(_("chance"), max_digits=6, decimal_places=5, default=1, validators=CHANCE)
    made_at = models.DateTimeField(_("made"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    expires_at = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes = (
            models.Index(fields=("person", "-made_at"), name="invitation_cap"),
            models.Index(fields=("id",), condition=models.Q(sent_at__isnull=True), name="invitation_to_send"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("item",),
                name="invitation_once_an_item",
                violation_error_message=_("This item was asked about already."),
            ),
            models.UniqueConstraint(
                fields=("campaign", "person"),
                name="invitation_once_a_campaign",
                violation_error_message=_("This person was asked in the campaign already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.question_set_id} {self.item_id or self.campaign_id}"


class Answer(Record):
    """What somebody answered; `scores` holds 1 to 5 by the code of the question."""

    invitation = models.OneToOneField(
        Invitation, models.PROTECT, verbose_name=_("invitation"), related_name="answer"
    )
    scores = models.JSONField(_("scores"), default=dict)
    reasons = ArrayField(models.CharField(max_length=40), verbose_name=_("reasons"), default=list, blank=True)
    text = models.TextField(_("in their words"), max_length=4_000, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    answered_at = models.DateTimeField(_("answered"))
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")

    def __str__(self) -> str:
        return " ".join(f"{code} {score}" for code, score in self.scores.items())

    @property
    def lowest(self) -> int:
        """The worst of its scores."""
        return min(self.scores.values())


class CallBack(Record):
    """Somebody who scored badly is called: by whom the `task` is, which stands in the queue of the team."""

    answer = models.OneToOneField(Answer, models.PROTECT, verbose_name=_("answer"), related_name="call_back")
    task = models.OneToOneField(
        "servicedesk.WorkItem", models.PROTECT, verbose_name=_("task"), related_name="+"
    )
    opened_at = models.DateTimeField(_("opened"))

    class Meta:
        verbose_name = _("call-back")
        verbose_name_plural = _("call-backs")

    def __str__(self) -> str:
        return f"{self.task_id}"
