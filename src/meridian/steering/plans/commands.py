"""Every write to plans: what is frozen is written once, a decision needs a passed check."""

from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from meridian.engine.commands import Refusal, clean_row, command, standard_commands
from meridian.engine.policies import Actor
from meridian.steering.plans.models import (
    Check,
    Decision,
    PlanningDataset,
    Scenario,
    Solution,
    SolveRun,
)
from meridian.steering.plans.rules import fingerprint, gap

add_scenario, change_scenario, remove_scenario = standard_commands(Scenario)


@command("plans.planningdataset.add", on=PlanningDataset)
def freeze_dataset(*, actor: Actor, content: Any, **fields: Any) -> PlanningDataset:
    """Keep `content` for good, with the hash by which it is known."""
    row = PlanningDataset(content=content, content_hash=fingerprint(content), **fields)
    clean_row(row)
    row.save()
    return row


@command("plans.solverun.add", on=SolveRun)
def queue_run(*, actor: Actor, **fields: Any) -> SolveRun:
    """Ask for a run of a model over a scenario."""
    row = SolveRun(**fields)
    clean_row(row)
    row.save()
    return row


@command("plans.solverun.record", on=SolveRun, target="row", title=_("keep how far it has come"))
def record_run(
    *,
    actor: Actor,
    row: SolveRun,
    status: str,
    objective: Decimal | None = None,
    bound: Decimal | None = None,
    seconds: Decimal | None = None,
    fault: str = "",
) -> SolveRun:
    """Keep how far a run has come, or how it ended."""
    row.status, row.objective, row.bound = status, objective, bound
    row.gap, row.seconds, row.fault = gap(objective, bound), seconds, fault
    clean_row(row)
    row.save()
    return row


@command("plans.solution.add", on=Solution)
def keep_solution(*, actor: Actor, run: SolveRun, objective: Decimal, content: Any) -> Solution:
    """Keep a plan that a run found, after those it found before."""
    latest = Solution.objects.filter(run=run).aggregate(latest=Max("sequence"))["latest"] or 0
    row = Solution(run=run, sequence=latest + 1, objective=objective, content=content)
    clean_row(row)
    row.save()
    return row


@command("plans.check.add", on=Check)
def keep_check(*, actor: Actor, **fields: Any) -> Check:
    """Keep what an independent checker found in a solution."""
    row = Check(**fields)
    clean_row(row)
    row.save()
    return row


@command("plans.decision.add", on=Decision)
def decide(*, actor: Actor, solution: Solution, **fields: Any) -> Decision:
    """Keep what a body decided; only a solution that passed its check can be accepted."""
    accepted = fields.get("outcome") == Decision.Outcome.ACCEPTED
    if accepted and not Check.objects.filter(solution=solution, passed=True).exists():
        raise Refusal(_("This solution has passed no check yet: check it before it is accepted."), "solution")
    row = Decision(solution=solution, **fields)
    clean_row(row)
    row.save()
    return row
