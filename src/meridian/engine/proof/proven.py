"""A proof as an actor gets it: the figure recomputed and compared with the one shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from meridian.engine.commands import Unpermitted, Unseen
from meridian.engine.figures import instant_text, number_text
from meridian.engine.modules.registry import proof_with
from meridian.engine.pages.entry import may_enter
from meridian.engine.policies import Actor
from meridian.engine.proof.arguments import Asked, read
from meridian.engine.proof.seen import Seen, seen_of
from meridian.engine.proof.trail import Written, written_last, written_since
from meridian.engine.proof.value import Proof
from meridian.engine.resources import Sight
from meridian.engine.values import url_of


@dataclass(frozen=True, slots=True)
class Named:
    """A row that decided: what it is, its name, its page, and who wrote it last."""

    kind: str
    title: str
    url: str
    written: Written | None


@dataclass(frozen=True, slots=True)
class Proven:
    """The answer. `differs` says in words why the figure isn't the number shown; empty when it is."""

    name: str
    proof: Proof
    asked: Asked
    now: datetime
    seen: Seen
    further: tuple[Seen, ...]
    edition: Named | None
    decided: Named | None
    written: Written | None
    differs: str

    @property
    def figure(self) -> Decimal:
        return rounded(self.proof.figure, self.proof.decimals)


def rounded(number: Decimal | int, decimals: int) -> Decimal:
    """As it is printed: a half goes away from zero."""
    return Decimal(number).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def proven(actor: Actor, name: str, query: Mapping[str, Any]) -> Proven:
    """Prove a figure to somebody.

    `Unseen` without such a proof, `Unpermitted` without its permission, `NotUnderstood` for what
    it doesn't take.
    """
    given = proof_with(name)
    if given is None:
        raise Unseen(_("Nothing here proves such a figure."))
    if given.declared.permission and not may_enter(actor, given.declared.permission):
        raise Unpermitted(
            _("You may not see this (%(permission)s). Ask whoever gives out roles in your unit.")
            % {"permission": given.declared.permission}
        )
    asked = read(given, query)
    proof: Proof = given.function(actor, asked.arguments)
    seen = seen_of(actor, proof.added)
    keys = [row.pk for row in seen.rows.shown]
    return Proven(
        name=name,
        proof=proof,
        asked=asked,
        now=timezone.now(),
        seen=seen,
        further=tuple(seen_of(actor, added) for added in proof.further),
        edition=_named(actor, proof.edition),
        decided=_named(actor, proof.decided),
        written=written_last(actor, proof.added.rows.model, keys),
        differs=_difference(proof, asked),
    )


def _named(actor: Actor, row: models.Model | None) -> Named | None:
    """The row for whoever may see it; for others there is none."""
    sight = Sight(actor)
    if row is None or not sight.sees(type(row), row.pk):
        return None
    kind = str(row._meta.verbose_name)
    written = written_last(actor, type(row), [row.pk])
    return Named(kind[:1].upper() + kind[1:], sight.title(row), url_of(row), written)


def _difference(proof: Proof, asked: Asked) -> str:
    if asked.shown is None or rounded(asked.shown, proof.decimals) == rounded(proof.figure, proof.decimals):
        return ""
    said = _("The page showed %(shown)s; now it is %(figure)s.") % {
        "shown": number_text(asked.shown),
        "figure": number_text(proof.figure, proof.decimals),
    }
    return f"{said} {_reason(proof, asked)}"


def _reason(proof: Proof, asked: Asked) -> str:
    if asked.at is None:
        return _("The address doesn't say when the page was made, so nobody can say why.")
    added = (proof.added, *proof.further)
    kinds = [each.rows.model for each in added]
    kinds += [type(row) for row in (proof.decided, proof.edition) if row]
    if last := written_since(asked.at, kinds):
        return _("Rows were changed after the page was made on %(made)s, the last on %(last)s.") % {
            "made": instant_text(asked.at),
            "last": instant_text(last),
        }
    if proof.moves:
        return _(
            "No row was changed since; the figure moves with the clock, and the page was made on %(made)s."
        ) % {"made": instant_text(asked.at)}
    return _("No such row was changed since %(made)s: that number is not the one that the page showed.") % {
        "made": instant_text(asked.at)
    }
