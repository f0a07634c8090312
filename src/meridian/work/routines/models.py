"""What a desk writes down once and uses every day: standard texts, checklists, templates of items."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.engine.translation import TranslatedField
from meridian.work.routines.contracts import Kind
from meridian.work.routines.rules import FIELDS, unknown_places

LEVEL = (MinValueValidator(1), MaxValueValidator(4))


class Routine(Record):
    """What all three share: a name, and for which category and team it is meant."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"), max_length=120)
    category = models.ForeignKey(
        "servicedesk.Category",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("category"),
        related_name="+",
        help_text=_("Empty: for every category"),
    )
    team = models.ForeignKey(
        "servicedesk.Team",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("team"),
        related_name="+",
        help_text=_("Empty: for every team"),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.name)


class StandardText(Routine):
    """Words for a reply, in the requester's language; what stands in braces is filled in from the item."""

    text = TranslatedField(
        _("text"),
        max_length=4_000,
        is_long=True,
        help_text=_("{requester}, {number}, {title}, {agent}, {team} and {due} are filled in from the item"),
    )

    class Meta(Routine.Meta):
        verbose_name = _("standard text")
        verbose_name_plural = _("standard texts")

    def clean(self) -> None:
        """Refuse what stands in braces and is filled in by nothing."""
        unknown = unknown_places("\n".join((self.text or {}).values()))
        if unknown:
            sentence = _("Nothing fills in %(places)s. Write %(known)s, or leave the braces out.")
            places = {
                "places": ", ".join(f"{{{name}}}" for name in unknown),
                "known": ", ".join(f"{{{name}}}" for name in FIELDS),
            }
            raise ValidationError({"text": sentence % places})


class Checklist(Routine):
    """What has to be done for work of a kind, step by step."""

    class Meta(Routine.Meta):
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")


class ChecklistStep(Record):
    """One thing to do; `place` is its order in the list."""

    checklist = models.ForeignKey(
        Checklist, models.CASCADE, verbose_name=_("checklist"), related_name="steps"
    )
    place = models.PositiveSmallIntegerField(_("place"))
    text = TranslatedField(_("step"), max_length=200)

    class Meta:
        verbose_name = _("step of a checklist")
        verbose_name_plural = _("steps of checklists")
        constraints = (
            models.UniqueConstraint(
                fields=("checklist", "place"),
                name="checklist_place_once",
                violation_error_message=_("Another step has this place in the list already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.text)


class ItemStep(Record):
    """A thing to do for one item, from a checklist or of its own; ticked off by somebody at an instant."""

    item = models.ForeignKey(
        "servicedesk.WorkItem", models.CASCADE, verbose_name=_("work item"), related_name="steps"
    )
    checklist = models.ForeignKey(
        Checklist, models.PROTECT, null=True, blank=True, verbose_name=_("checklist"), related_name="+"
    )
    place = models.PositiveIntegerField(_("place"))
    text = TranslatedField(_("step"), max_length=200)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        "people.Person", models.PROTECT, null=True, blank=True, verbose_name=_("done by"), related_name="+"
    )

    class Meta:
        verbose_name = _("step of an item")
        verbose_name_plural = _("steps of items")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "place"),
                name="item_step_place_once",
                violation_error_message=_("Another step of the item has this place already."),
            ),
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True) | models.Q(done_by__isnull=False),
                name="item_step_done_by_somebody",
                violation_error_message=_("A step that is done names who did it."),
            ),
        )

    def __str__(self) -> str:
        return str(self.text)


class Template(Routine):
    """What a new item of a usual kind says: opening one begins with it filled in."""

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.INCIDENT)
    title = TranslatedField(_("subject"), max_length=200)
    text = TranslatedField(_("description"), max_length=4_000, is_long=True, blank=True)
    impact = models.PositiveSmallIntegerField(_("impact"), default=3, validators=LEVEL)
    urgency = models.PositiveSmallIntegerField(_("urgency"), default=3, validators=LEVEL)

    class Meta(Routine.Meta):
        verbose_name = _("template of an item")
        verbose_name_plural = _("templates of items")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(impact__range=(1, 4), urgency__range=(1, 4)),
                name="template_levels_in_range",
                violation_error_message=_("Impact and urgency run from 1 to 4."),
            ),
        )
