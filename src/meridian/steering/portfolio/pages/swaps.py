"""A swap in a sentence: what would have to go, and what that costs."""

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from meridian.engine.figures.millions import usd_millions
from meridian.engine.resources import unseen_text
from meridian.steering.portfolio.models import Proposal


def explained(swap: dict[str, Any], names: dict[str, Proposal]) -> dict[str, str]:
    """{title, url, sentence, tone} for one swap of a selection's answer."""
    row = names.get(swap["project"])
    return {
        "title": str(row or unseen_text()),
        "url": reverse("portfolio-proposal-detail", args=(row.pk,)) if row else "",
        "kind": _("If it were taken in") if swap["forced"] == "in" else _("If it were left out"),
        "sentence": _sentence(swap, names) if swap["possible"] else _why_not(swap, names),
        "tone": "still" if not swap["possible"] else "good" if Decimal(swap["loss"]) == 0 else "watch",
    }


def _sentence(swap: dict[str, Any], names: dict[str, Proposal]) -> str:
    comes = _list([code for code in swap["comes"] if code != swap["project"]], names)
    goes = _list([code for code in swap["goes"] if code != swap["project"]], names)
    loss = usd_millions(swap["loss"])
    cost = Decimal(swap["cost_change"])
    figures = {"comes": comes, "goes": goes, "loss": loss}
    if comes and goes:
        words = _("%(comes)s would come, %(goes)s would go, and USD %(loss)s million of value would be lost.")
    elif goes:
        words = _("%(goes)s would go, and USD %(loss)s million of value would be lost.")
    elif comes:
        words = _("%(comes)s would come, and USD %(loss)s million of value would be lost.")
    else:
        words = _("Nothing else would change; USD %(loss)s million of value would be lost.")
    said = words % figures
    if not cost:
        return said
    more = (
        _("It would cost USD %(cost)s million more.")
        if cost > 0
        else _("It would cost USD %(cost)s million less.")
    )
    return f"{said} {more % {'cost': usd_millions(abs(cost))}}"


def _why_not(swap: dict[str, Any], names: dict[str, Proposal]) -> str:
    if swap["blockers"] == ["mandated"]:
        return _("It is mandated or under way and can't be left out.")
    if swap["forced"] == "out":
        return _("It can't be left out: %(names)s needs it.") % {"names": _list(swap["blockers"], names)}
    if swap["blockers"]:
        return _("It does not fit by itself: these ceilings are too low: %(names)s.") % {
            "names": ", ".join(swap["blockers"])
        }
    return _("It does not fit beside what is mandated.")


def _list(codes: list[str], names: dict[str, Proposal]) -> str:
    # A name keeps its own direction of writing inside the sentence.
    isolated = (
        f"\N{FIRST STRONG ISOLATE}{names.get(code) or unseen_text()}\N{POP DIRECTIONAL ISOLATE}"
        for code in codes
    )
    return ", ".join(isolated)
