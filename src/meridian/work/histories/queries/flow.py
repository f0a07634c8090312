"""The flow figures of a log, counted from its cases."""

from pathlib import Path

from django.db.models import Aggregate, Count, FloatField, Q, Sum

from meridian.kernel.event_logs.files import name_of
from meridian.work.histories.contracts import Flow
from meridian.work.histories.models import Log, LoggedCase
from meridian.work.histories.rules.flow import SHARES


class Median(Aggregate):
    """With linear interpolation between the two in the middle."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def log_called(name: str) -> Log | None:
    """The log of this name or file, its ending left out where that is enough; without a name the last."""
    logs = Log.objects.order_by("-intakes__taken_at", "-intakes__pk")
    if not name:
        return logs.filter(intakes__isnull=False).first()
    exact = logs.filter(name=name).first() or logs.filter(name=name_of(Path(name))).first()
    if exact is not None:
        return exact
    short = list(Log.objects.filter(name__startswith=f"{name}.")[:2])
    return short[0] if len(short) == 1 else None


def names_of_logs() -> list[str]:
    """The name of every log."""
    return list(Log.objects.order_by("name").values_list("name", flat=True))


def flow(log: Log) -> Flow:
    """The flow figures of a log, as `rules.flow` defines them; one statement."""
    counted = {f"{share}_counted": Count("pk", filter=Q(**{share: True})) for share in SHARES}
    told = {f"{share}_told": Count(share) for share in SHARES}
    found = LoggedCase.objects.filter(log=log).aggregate(
        cases=Count("pk"), all_events=Sum("events"), median=Median("hours"), **counted, **told
    )
    shares = {
        share: 100 * found[f"{share}_counted"] / found["cases"] if found[f"{share}_told"] else None
        for share in SHARES
    }
    return Flow(log.name, found["cases"], found["all_events"] or 0, median_hours=found["median"], **shares)
