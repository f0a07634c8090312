"""Words of approvals that other modules use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Mode(models.TextChoices):
    """How many of those who are asked have to agree."""

    ALL = "all", pgettext_lazy("who has to approve", "all of them")
    ANY = "any", pgettext_lazy("who has to approve", "any one of them")
    SOME = "some", pgettext_lazy("who has to approve", "some of them")


class State(models.TextChoices):
    """How it stands with an approval."""

    WAITING = "waiting", _("Waiting for decisions")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    VOID = "void", _("Void: changed meanwhile")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class StepState(models.TextChoices):
    """How it stands with a step: steps are open one after the other."""

    COMING = "coming", _("Not yet")
    OPEN = "open", _("Waiting for decisions")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    DROPPED = "dropped", _("No longer asked")


class Decision(models.TextChoices):
    APPROVED = "approved", _("Approve")
    REJECTED = "rejected", _("Reject")


class Standing(models.TextChoices):
    """In whose place somebody decided."""

    SELF = "self", _("in person")
    SUBSTITUTE = "substitute", _("as substitute")
    DELEGATE = "delegate", _("by delegation")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is approved: the offer `approved` of a model gives it for a row.

    `facts` are what an approver reads: `{label, text, url, …}` as `design/partials/facts.html` takes them,
    in the language in force. `content` are plain values, without words of any language: their digest is
    what is approved, and when it is another, the approval is void. `for_people` are those who get it:
    as little as who asks do they approve it, whoever asked for them.
    """

    title: str
    url: str
    content: Any
    facts: Sequence[Mapping[str, Any]] = ()
    text: str = ""
    for_people: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class StepWish:
    """A step to be asked: its name in languages, whom (expressions), how many of them (`needed` of SOME)
    and in how many hours."""

    name: Mapping[str, str]
    approvers: Sequence[str]
    mode: str = Mode.ALL
    needed: int = 1
    due_hours: int | None = None


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step as the pages of others draw it."""

    name: str
    state: str
    state_words: str
    tone: str
    people: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
