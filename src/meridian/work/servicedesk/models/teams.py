"""Service desks and the groups behind them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record


class Team(Record):
    """A service desk or a resolver group, open by its calendar."""

    class Kind(models.TextChoices):
        DESK = "desk", _("Service desk")
        RESOLVER = "resolver", _("Resolver group")
        VENDOR = "vendor", _("Supplier")

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.DESK)
    unit = models.ForeignKey(
        "organisation.Unit", models.PROTECT, verbose_name=_("unit"), related_name="teams"
    )
    duty_station = models.ForeignKey(
        "places.DutyStation", models.PROTECT, verbose_name=_("duty station"), related_name="teams"
    )
    calendar = models.ForeignKey(
        "calendars.Calendar", models.PROTECT, verbose_name=_("open by"), related_name="teams"
    )
    languages = ArrayField(
        models.CharField(max_length=8), verbose_name=_("languages"), default=list, blank=True
    )
    is_hub = models.BooleanField(
        _("hub"), default=False, help_text=_("takes over other desks' work when they close")
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")

    def __str__(self) -> str:
        return self.name


class Membership(Record):
    """An agent's place in a team."""

    team = models.ForeignKey(Team, models.CASCADE, verbose_name=_("team"), related_name="memberships")
    person = models.ForeignKey(
        "people.Person", models.CASCADE, verbose_name=_("agent"), related_name="team_memberships"
    )
    is_lead = models.BooleanField(_("leads"), default=False)

    class Meta:
        verbose_name = _("team membership")
        verbose_name_plural = _("team memberships")
        constraints = (
            models.UniqueConstraint(
                fields=("team", "person"),
                name="membership_once",
                violation_error_message=_("This person already belongs to the team."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.team}"
