"""A door of the house through which things are sent in; whatever they did is taken back."""

import traceback
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client

from meridian.engine.audit.models import Change
from meridian.engine.resources import Resource

TAKEN = (200, 201, 204, 302)
REFUSED = (400, 403, 404, 405, 409, 412, 413, 415, 422, 428)


@dataclass
class Door:
    """Notes each answer that is a fault of the program, and each refusal that was done in part."""

    client: Client
    sent: int = 0
    faults: list[str] = field(default_factory=list)

    def send(
        self, method: str, way: str, body: Any = None, resource: type[Resource] | None = None, **more: Any
    ) -> Any:
        """The answer; None where there is none."""
        self.sent += 1
        told = f"{method} {way} {body!r}"[:300]
        before = state_of(resource)
        point = transaction.savepoint()
        answer = None
        try:
            answer = getattr(self.client, method)(way, body, **more)
            if answer.status_code not in (*TAKEN, *REFUSED):
                self.faults.append(f"{told}: answers {answer.status_code}")
            elif answer.status_code in REFUSED and state_of(resource) != before:
                self.faults.append(f"{told}: was refused and yet done in part")
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is what we look for
            where = [
                f"{frame.filename.rpartition('meridian/')[2]}:{frame.lineno}"
                for frame in traceback.extract_tb(fault.__traceback__)
                if "/src/meridian/" in frame.filename
            ]
            self.faults.append(f"{told}: {type(fault).__name__}: {str(fault)[:200]!r} at {where[-3:]}")
        finally:
            transaction.savepoint_rollback(point)
        return answer

    def held(self, least: int) -> None:
        """Everything was answered, and it was a good deal."""
        assert not self.faults, f"{len(self.faults)} of {self.sent}:\n" + "\n".join(self.faults[:60])
        assert self.sent > least


def state_of(resource: type[Resource] | None) -> Any:
    """The rows of a resource, and how much the trail says was changed at all."""
    if resource is None:
        return None
    return list(resource.model._base_manager.order_by("pk").values_list()), Change.objects.count()
