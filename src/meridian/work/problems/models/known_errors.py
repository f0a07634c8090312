"""Known errors, and what rises among incidents."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.engine.translation import TranslatedField
from meridian.work.problems.models.problems import Problem


class KnownError(Record):
    """What is known of a problem by those whom it troubles: how to tell it, and how to go on working."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    problem = models.ForeignKey(
        Problem, models.PROTECT, verbose_name=_("problem"), related_name="known_errors"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    symptom = TranslatedField(
        _("how to tell it"), max_length=300, help_text=_("In the words of whoever is troubled by it")
    )
    workaround = TranslatedField(_("workaround"), max_length=4_000, is_long=True)
    category = models.ForeignKey(
        "servicedesk.Category",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("category"),
        related_name="known_errors",
    )
    concerns = models.ForeignKey(
        "configuration.ConfigurationItem",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("concerns"),
        related_name="known_errors",
    )
    effective_from = models.DateTimeField(_("effective from"), default=timezone.now)
    effective_until = models.DateTimeField(
        _("effective until"), null=True, blank=True, help_text=_("Empty: until the problem is resolved")
    )

    class Meta:
        verbose_name = _("known error")
        verbose_name_plural = _("known errors")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(effective_until__isnull=True)
                | models.Q(effective_until__gt=models.F("effective_from")),
                name="known_error_ends_after_start",
                violation_error_message=_("A workaround ends after it begins: correct one of the two times."),
            ),
        )

    def __str__(self) -> str:
        return str(self.symptom)


class Candidate(Record):
    """Something that incidents of the last week have in common more often than before."""

    class Basis(models.TextChoices):
        THING = "thing", _("the same thing")
        CATEGORY = "category", _("the same category")
        WORDS = "words", _("the same word")

    class State(models.TextChoices):
        FOUND = "found", _("Found")
        TAKEN = "taken", _("Taken up")
        DISMISSED = "dismissed", _("Dismissed")

    basis = models.CharField(_("in common"), max_length=8, choices=Basis)
    mark = models.CharField(_("which"), max_length=120)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.FOUND)
    recent_count = models.PositiveIntegerField(_("incidents of the last week"))
    before_count = models.PositiveIntegerField(_("of the four weeks before"))
    found_on = models.DateField(_("found on"))
    problem = models.ForeignKey(
        Problem,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("problem"),
        related_name="candidates",
    )
    dismissal = models.CharField(_("why not"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("problem candidate")
        verbose_name_plural = _("problem candidates")
        constraints = (
            models.UniqueConstraint(
                fields=("basis", "mark", "found_on"),
                name="candidate_once_a_day",
                violation_error_message=_("This was found on that day already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.mark} ({self.get_basis_display()})"
