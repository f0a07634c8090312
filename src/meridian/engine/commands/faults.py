"""Why a command was not carried out, in words for the person who asked."""

from collections.abc import Collection, Sequence
from typing import Any, ClassVar, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """Why something is not done, in words: the base of all that is refused. Nothing was written.

    `sentence` is translatable and says what is wrong and what to do; `field` names the
    argument at fault, empty when it is none in particular. By itself it is a rule of the field; its kinds
    are siblings, each with the `status` of its page and of its problem document. Nobody else tells kinds
    apart: a page of a form asks `beside`, all others let it pass to the one place that translates it
    (`engine.pages.faults`, `engine.api.problems`, `site.faults`; files name the line).
    """

    status = 422
    # Whether it is told beside what was typed even where no field is at fault; others have their own page.
    is_told_beside: ClassVar[bool] = True

    def __init__(self, sentence: str | Promise, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        # Of several fields that a rule speaks of, the one that was sent is at fault: `blame` finds it.
        self.fields: Sequence[str] = ()

    def blame(self, given: Collection[str]) -> None:
        """Let the first of `fields` that was given be at fault, else the first."""
        if self.fields and not self.field:
            self.field = next((name for name in self.fields if name in given), self.fields[0])

    def beside(self, fields: Collection[str]) -> Self:
        """Itself, where it is told beside what was typed into these fields; elsewhere it is raised anew."""
        if self.is_told_beside or self.field in fields:
            return self
        raise self

    def __str__(self) -> str:
        return str(self.sentence)


class Unpermitted(Refusal):
    """The actor may see the row but not do this to it, or may not do this at all."""

    status = 403
    is_told_beside = False


class Unconfirmed(Unpermitted):
    """The actor may do this, but gives the password again first."""


class Unseen(Refusal):
    """The row does not exist for this actor."""

    status = 404
    is_told_beside = False


class Untimely(Refusal):
    """The state of the row does not allow it, whatever is sent along."""

    status = 409


class Busy(Refusal):
    """The database did not get to it in time: another holds the row, or too much was asked for."""

    status = 503


LOCKED_STATE, TOO_LONG_STATE = "55P03", "57014"


def busy_of(fault: BaseException) -> BaseException:
    """A fault of the database as `Busy` when it only means waiting too long; any other as it is."""
    state = getattr(fault.__cause__, "sqlstate", None)
    if state == LOCKED_STATE:
        return Busy(_("Somebody else is changing this just now. Nothing was saved: try again in a moment."))
    if state == TOO_LONG_STATE:
        return Busy(_("The database takes too long over this. Ask for less, or try again later."))
    return fault


class Conflict(Refusal):
    """Somebody else changed the row since the actor read it.

    `current` is the row as it stands now, for showing both versions.
    """

    status = 409
    is_told_beside = False

    def __init__(self, sentence: str | Promise, current: Any) -> None:
        super().__init__(sentence)
        self.current = current
