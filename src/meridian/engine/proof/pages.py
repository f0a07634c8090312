"""The proof of a figure as a page, and without its frame for the dialog that the key `p` opens."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from meridian.engine.figures import instant_text, number_text
from meridian.engine.pages.asked import by_itself
from meridian.engine.pages.entry import SIGNED_IN, needs
from meridian.engine.policies import Request
from meridian.engine.proof.proven import Named, proven
from meridian.engine.proof.seen import table_of
from meridian.engine.proof.trail import Written
from meridian.engine.values.deeds import doing


@needs(SIGNED_IN)
@by_itself
@require_safe
def proof(request: Request, name: str) -> HttpResponse:
    """The rows, the rule, who and when; each proof says itself whom it lets in."""
    found = proven(request.actor, name, request.GET)
    context = {
        "proof": found.proof,
        "figure": number_text(found.figure, found.proof.decimals),
        "now": instant_text(found.now),
        "differs": found.differs,
        "agrees": found.asked.shown is not None and not found.differs,
        "added": [
            {"table": table_of(seen), "cut": seen.rows, "unseen": seen.unseen_words}
            for seen in (found.seen, *found.further)
        ],
        "decided": [_named(row) for row in (found.edition, found.decided) if row],
        "written": _written(found.written),
        "address": request.build_absolute_uri(),
    }
    in_dialog = bool(request.headers.get("HX-Request"))
    return render(request, "proof/body.html" if in_dialog else "proof/page.html", context)


def _named(row: Named) -> dict[str, object]:
    return {"kind": row.kind, "title": row.title, "url": row.url, "written": _written(row.written)}


def _written(entry: Written | None) -> dict[str, str] | None:
    if entry is None:
        return None
    return {
        "who": entry.who,
        "at": instant_text(entry.at),
        "instant": entry.at.isoformat(),
        "command": doing(entry.command),
        "url": entry.url,
    }


root_urlpatterns = [path("proof/<str:name>/", proof, name="proof")]
