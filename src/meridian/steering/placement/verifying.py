"""The checker as a worker program, without the search: `python -m ...placement.verifying`."""

from meridian.engine.solving.worker import Reporter, serve
from meridian.steering.placement.checking import check
from meridian.steering.placement.files import read_assignment, read_model
from meridian.steering.placement.jobs import CheckJob


def verify(job: CheckJob, reporter: Reporter) -> None:
    """Tell the verdict on the job's solution; raises `ModelFault` for input that can't be used."""
    model = read_model(job.model)
    initial = read_assignment(job.assignment, model)
    verdict = check(model, initial, read_assignment(job.solution, model))
    reporter.improve(verdict.cost, verdict)


if __name__ == "__main__":
    serve(verify)
