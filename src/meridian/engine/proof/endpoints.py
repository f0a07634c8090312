"""Proofs over REST."""

from typing import Any

from django.http import HttpResponse
from ninja import Router

from meridian.engine.api.endpoints import answer
from meridian.engine.api.problems import PROBLEMS
from meridian.engine.policies import Request
from meridian.engine.proof.proven import proven
from meridian.engine.proof.values import values_of


def router() -> Router:
    """`GET /api/proof/{name}` with the arguments of the proof, and `shown` and `at` as on its page."""
    made = Router(tags=["proof"])

    @made.get(
        "/{name}",
        response={200: dict[str, Any], **PROBLEMS},
        operation_id="figure_proof",
        url_name="figure_proof",
    )
    def proof(request: Request, name: str) -> HttpResponse:
        """The rows that a figure was added from, what decided it, who wrote it and when."""
        return answer(values_of(proven(request.actor, name, request.GET)))

    return made
