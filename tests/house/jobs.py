"""What the worker would do next, done now."""

from procrastinate.contrib.django.models import ProcrastinateJob

from meridian.engine.errands.models import Errand, State
from meridian.engine.errands.running import carry_out
from meridian.engine.events import REACT, REACT_TO_ALL, jobs

_done: set[int] = set()
REACTIONS = {REACT: jobs.react, REACT_TO_ALL: jobs.react_to_all}


def run_errands() -> None:
    """Do every errand that waits, and tell of its end."""
    for key in Errand.objects.filter(state=State.WAITING).order_by("pk").values_list("pk", flat=True):
        carry_out(key)
    react()


def react() -> None:
    """Carry out every reaction that waits and was not carried out by an earlier call."""
    while waiting := _waiting():
        for key, name, arguments in waiting:
            _done.add(key)
            REACTIONS[name](**arguments)


def _waiting() -> list[tuple[int, str, dict]]:
    rows = ProcrastinateJob.objects.filter(task_name__in=REACTIONS).exclude(pk__in=_done)
    return list(rows.order_by("pk").values_list("pk", "task_name", "args"))
