"""Persons, where they belong and who stands in for them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.engine.resources import check_permissions


class Category(models.TextChoices):
    ASSISTANT_SECRETARY_GENERAL = "assistant_secretary_general", _("Assistant secretary-general")
    DIRECTOR = "director", _("Director")
    PROFESSIONAL = "professional", _("Professional")
    FIELD_SERVICE_AND_PROJECT = "field_service_and_project", _("Field service and project")
    GENERAL_SERVICE = "general_service", _("General service")
    LOCAL = "local", _("Local level")
    VOLUNTEER = "volunteer", _("Volunteer")
    CONTRACTOR = "contractor", _("Contractor")


class Person(Record):
    """Somebody who works for the organisation, with or without an account."""

    number = models.CharField(_("index number"), max_length=20, unique=True)
    given_name = models.CharField(_("given name"), max_length=80)
    family_name = models.CharField(_("family name"), max_length=80)
    email = models.EmailField(_("e-mail"), unique=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    site = models.ForeignKey(
        "places.Site", models.PROTECT, null=True, blank=True, verbose_name=_("site"), related_name="people"
    )
    language = models.CharField(_("language"), max_length=8, default="en")
    languages = ArrayField(
        models.CharField(max_length=8), verbose_name=_("further languages"), default=list, blank=True
    )
    substitute = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("substitute"),
        related_name="stands_in_for",
    )
    substitute_until = models.DateField(_("substitute until"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = (
            models.Index(fields=("family_name", "given_name", "id"), name="person_name"),
            # Who writes a mail is asked for each that comes, however its address is spelt.
            models.Index(models.functions.Upper("email"), name="person_address"),
        )

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"


class Affiliation(Record):
    """A person's place at a unit for a time."""

    person = models.ForeignKey(Person, models.CASCADE, verbose_name=_("person"), related_name="affiliations")
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("unit"), related_name="affiliations"
    )
    category = models.CharField(_("category"), max_length=40, choices=Category)
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    works_in_ict = models.BooleanField(_("works in ICT"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=models.F("starts_on")),
                name="affiliation_ends_after_start",
                violation_error_message=_(
                    "An affiliation ends after it starts: correct one of the two dates."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.unit}"


class Delegation(Record):
    """What one person lets another do in their name for a time."""

    giver = models.ForeignKey(
        Person, models.CASCADE, verbose_name=_("given by"), related_name="delegations_given"
    )
    taker = models.ForeignKey(
        Person, models.CASCADE, verbose_name=_("given to"), related_name="delegations_taken"
    )
    permissions = ArrayField(
        models.CharField(max_length=120),
        verbose_name=_("permissions"),
        help_text=_("such as servicedesk.workitem.assign"),
        validators=(check_permissions,),
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="delegation_ends_after_start",
                violation_error_message=_("A delegation ends after it starts: correct one of the two times."),
            ),
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("taker")),
                name="delegation_to_another",
                violation_error_message=_("A delegation goes to another person."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"
