"""Files of errands over REST; their state and `stop` are generated."""

from django.http import FileResponse
from ninja import Router

from meridian.engine.api.problems import PROBLEMS
from meridian.engine.errands.files import left_by
from meridian.engine.policies import Request


def router() -> Router:
    """`GET /api/errands/errands/{id}/file`: the file that one's own errand has left."""
    made = Router(tags=["errands"])

    @made.get(
        "/errands/{int:key}/file",
        response={200: bytes, **PROBLEMS},
        operation_id="errands_errand_file",
        url_name="errands_errand_file",
    )
    def file(request: Request, key: int) -> FileResponse:
        """The file that the errand has left, for three days after its end."""
        return left_by(request.actor, key)

    return made
