"""What change managers set: models of standard changes, and boards."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from meridian.engine.records import Record
from meridian.engine.translation import TranslatedField
from meridian.work.changes.contracts import Kind


class ChangeModel(Record):
    """How a standard change is done: authorised once, followed as it is written."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"))
    team = models.ForeignKey(
        "servicedesk.Team", models.PROTECT, verbose_name=_("team"), related_name="change_models"
    )
    plan = models.TextField(_("plan"), max_length=8_000)
    test_plan = models.TextField(_("how it is tested"), max_length=4_000)
    backout_plan = models.TextField(_("how it is taken back"), max_length=4_000)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("model of a standard change")
        verbose_name_plural = _("models of standard changes")

    def __str__(self) -> str:
        return str(self.name)


class Board(Record):
    """Who authorises changes together: so many of its members have to agree."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = TranslatedField(_("name"))
    for_kind = models.CharField(
        _("for changes of type"),
        max_length=10,
        choices=((Kind.NORMAL.value, Kind.NORMAL.label), (Kind.EMERGENCY.value, Kind.EMERGENCY.label)),
        default=Kind.NORMAL,
    )
    quorum = models.PositiveSmallIntegerField(
        _("how many have to agree"), default=2, validators=(MinValueValidator(1),)
    )
    hours = models.PositiveSmallIntegerField(
        _("hours to decide"), default=72, validators=(MinValueValidator(1),)
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("change board")
        verbose_name_plural = _("change boards")
        constraints = (
            models.UniqueConstraint(
                fields=("for_kind",),
                condition=models.Q(is_active=True),
                name="board_of_kind_once",
                violation_error_message=_("Another board authorises changes of this type already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.name)


class BoardMember(Record):
    board = models.ForeignKey(Board, models.CASCADE, verbose_name=_("board"), related_name="members")
    person = models.ForeignKey(
        "people.Person", models.CASCADE, verbose_name=_("member"), related_name="board_memberships"
    )

    class Meta:
        verbose_name = _("board member")
        verbose_name_plural = _("board members")
        constraints = (
            models.UniqueConstraint(
                fields=("board", "person"),
                name="board_member_once",
                violation_error_message=_("This person belongs to the board already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} · {self.board}"
