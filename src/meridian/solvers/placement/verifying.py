"""The checker as a worker program, without the search: `python -m ...placement.verifying`."""

from meridian.solvers.placement.checking import check
from meridian.solvers.placement.files import read_assignment, read_model
from meridian.solvers.placement.jobs import CheckJob
from meridian.solvers.solving.worker import Reporter, serve


def verify(job: CheckJob, reporter: Reporter) -> None:
    """Tell the verdict on the job's solution; raises `ModelFault` for input that can't be used."""
    model = read_model(job.model)
    initial = read_assignment(job.assignment, model)
    verdict = check(model, initial, read_assignment(job.solution, model))
    reporter.improve(verdict.cost, verdict)


if __name__ == "__main__":
    serve(verify)
