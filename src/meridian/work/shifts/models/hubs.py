"""Hubs of the global desk, what their people can do, and who is needed when."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.engine.translation import TranslatedField, check_language

MOST_AT_ONCE = 500


class Hub(Record):
    """A desk that holds the work of the world while it is awake, and hands it on with the sun."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"))
    team = models.OneToOneField(
        "servicedesk.Team", models.PROTECT, verbose_name=_("team"), related_name="hub"
    )
    hands_over_to = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("hands over to"),
        related_name="takes_over_from",
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("hub")
        verbose_name_plural = _("hubs")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(hands_over_to__isnull=True) | ~models.Q(hands_over_to=models.F("id")),
                name="hub_hands_to_another",
                violation_error_message=_("A hub hands over to another hub, not to itself."),
            ),
        )

    def __str__(self) -> str:
        return str(self.name)


class Skill(Record):
    """Something that not every agent can do."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"))

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")

    def __str__(self) -> str:
        return str(self.name)


class AgentSkill(Record):
    """That a person has a skill."""

    person = models.ForeignKey(
        "people.Person", models.CASCADE, verbose_name=_("person"), related_name="skills"
    )
    skill = models.ForeignKey(Skill, models.CASCADE, verbose_name=_("skill"), related_name="holders")

    class Meta:
        verbose_name = _("skill of a person")
        verbose_name_plural = _("skills of people")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "skill"),
                name="agent_skill_once",
                violation_error_message=_("This person has the skill already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.skill}"


class CoverageNeed(Record):
    """So many people at least, at every hour in which the team's calendar is open."""

    team = models.ForeignKey(
        "servicedesk.Team", models.CASCADE, verbose_name=_("team"), related_name="coverage_needs"
    )
    language = models.CharField(
        _("language"),
        max_length=8,
        blank=True,
        validators=(check_language,),
        help_text=_("Empty: any language"),
    )
    skill = models.ForeignKey(
        Skill,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("skill"),
        related_name="needs",
        help_text=_("Empty: any skill"),
    )
    least = models.PositiveSmallIntegerField(
        _("people at least"),
        default=1,
        validators=(MinValueValidator(1), MaxValueValidator(MOST_AT_ONCE)),
    )

    class Meta:
        verbose_name = _("need of people")
        verbose_name_plural = _("needs of people")
        constraints = (
            models.UniqueConstraint(
                fields=("team", "language", "skill"),
                name="coverage_need_once",
                nulls_distinct=False,
                violation_error_message=_("The team already says how many it needs of these."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.team}: {self.language or '*'} · {self.skill or '*'} ≥ {self.least}"
