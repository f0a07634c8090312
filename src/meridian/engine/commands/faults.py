"""Why a command was not carried out, in words for the person who asked."""

from typing import Any

from django.utils.functional import Promise


class Refusal(Exception):
    """A rule of the field forbids it. Nothing was written.

    `sentence` is translatable and says what is wrong and what to do; `field` names the
    argument at fault, empty when it is none in particular.
    """

    status = 422

    def __init__(self, sentence: str | Promise, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)


class Unpermitted(Refusal):
    """The actor may see the row but not do this to it, or may not do this at all."""

    status = 403


class Unconfirmed(Unpermitted):
    """The actor may do this, but gives the password again first."""


class Unseen(Refusal):
    """The row does not exist for this actor."""

    status = 404


class Untimely(Refusal):
    """The state of the row does not allow it, whatever is sent along."""

    status = 409


class Conflict(Refusal):
    """Somebody else changed the row since the actor read it.

    `current` is the row as it stands now, for showing both versions.
    """

    status = 409

    def __init__(self, sentence: str | Promise, current: Any) -> None:
        super().__init__(sentence)
        self.current = current
