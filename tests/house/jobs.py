"""What the worker would do next, done now."""

from procrastinate.contrib.django.models import ProcrastinateJob

from meridian.engine.errands.models import Errand, State
from meridian.engine.errands.running import carry_out
from meridian.engine.events import REACT
from meridian.engine.events.jobs import react as run_reaction

_done: set[int] = set()


def run_errands() -> None:
    """Do every errand that waits, and tell of its end."""
    for key in Errand.objects.filter(state=State.WAITING).order_by("pk").values_list("pk", flat=True):
        carry_out(key)
    react()


def react() -> None:
    """Carry out every reaction that waits and was not carried out by an earlier call."""
    while waiting := _waiting():
        for key, arguments in waiting:
            _done.add(key)
            run_reaction(**arguments)


def _waiting() -> list[tuple[int, dict]]:
    jobs = ProcrastinateJob.objects.filter(task_name=REACT).exclude(pk__in=_done)
    return list(jobs.order_by("pk").values_list("pk", "args"))
