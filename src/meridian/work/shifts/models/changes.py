"""What differs from the rotations: a lead's changes, swaps between people, absences."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record


def _in_order(name: str, sentence: Any) -> models.CheckConstraint:
    condition = models.Q(end_at__gt=models.F("start_at"))
    return models.CheckConstraint(condition=condition, name=name, violation_error_message=sentence)


class Override(Record):
    """A lead puts somebody on duty: as well, in the place of somebody, or alone."""

    class Way(models.TextChoices):
        ALSO = "also", _("as well")
        INSTEAD = "instead", _("in the place of")
        ALONE = "alone", _("alone, everybody else is off")

    team = models.ForeignKey(
        "servicedesk.Team", models.CASCADE, verbose_name=_("team"), related_name="overrides"
    )
    person = models.ForeignKey(
        "people.Person", models.CASCADE, verbose_name=_("on duty"), related_name="overrides"
    )
    way = models.CharField(_("how"), max_length=8, choices=Way, default=Way.ALSO)
    instead_of = models.ForeignKey(
        "people.Person",
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("in the place of"),
        related_name="overridden",
    )
    start_at = models.DateTimeField(_("from"))
    end_at = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("change of the roster")
        verbose_name_plural = _("changes of the roster")
        constraints = (
            _in_order("override_ends_after_start", _("A change of the roster ends after it starts.")),
            models.CheckConstraint(
                condition=models.Q(way="instead", instead_of__isnull=False)
                | (~models.Q(way="instead") & models.Q(instead_of__isnull=True)),
                name="override_in_place_of_somebody",
                violation_error_message=_(
                    "Say in whose place: only a change in the place of somebody names a second person."
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.get_way_display()}"


class Swap(Record):
    """Somebody asks a colleague to take a shift, or the rest of one, over."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    team = models.ForeignKey(
        "servicedesk.Team", models.CASCADE, verbose_name=_("team"), related_name="swaps", editable=False
    )
    giver = models.ForeignKey(
        "people.Person",
        models.CASCADE,
        verbose_name=_("whose shift it is"),
        related_name="swaps_given",
        editable=False,
    )
    taker = models.ForeignKey(
        "people.Person",
        models.CASCADE,
        verbose_name=_("who is to take it"),
        related_name="swaps_taken",
        editable=False,
    )
    start_at = models.DateTimeField(_("from"), editable=False)
    end_at = models.DateTimeField(_("until"), editable=False)
    note = models.CharField(_("note"), max_length=200, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("swap")
        verbose_name_plural = _("swaps")
        indexes = (models.Index(fields=("team", "state", "end_at"), name="swap_team"),)
        constraints = (
            _in_order("swap_ends_after_start", _("A swap ends after it starts.")),
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("taker")),
                name="swap_with_another",
                violation_error_message=_("A shift is swapped with somebody else."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"


class Absence(Record):
    """Somebody is away: what they would have worked has nobody until somebody is put there."""

    class Kind(models.TextChoices):
        LEAVE = "leave", _("leave")
        SICK = "sick", _("sick leave")
        TRAINING = "training", _("training")
        MISSION = "mission", _("on mission")
        OTHER = "other", _("other")

    person = models.ForeignKey(
        "people.Person", models.CASCADE, verbose_name=_("person"), related_name="absences"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.LEAVE)
    start_at = models.DateTimeField(_("from"))
    end_at = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = (_in_order("absence_ends_after_start", _("An absence ends after it starts.")),)

    def __str__(self) -> str:
        return f"{self.person} · {self.get_kind_display()}"
