"""What plans say on first pages: runs under way, what is to be decided, what was decided."""

from django.utils.translation import gettext as _

from meridian.engine.figures import day_text
from meridian.engine.listing.cut import cut
from meridian.engine.pages.first_page import MOST_TASKS, Button, Part, Task, bars_of_choices, list_url
from meridian.engine.pages.slots import FirstPagePart
from meridian.engine.policies import policy_of
from meridian.engine.policies.request import Request
from meridian.engine.values import url_of
from meridian.steering.plans.models import Decision, PlanningDataset, Scenario, SolveRun

OUTCOME_TONES = {"accepted": "good", "deferred": "watch", "refused": "bad"}


def newest_scenarios(request: Request) -> FirstPagePart:
    """The scenarios that were made last, and the way to a new one."""
    rows = Scenario.objects.permitted(request.actor).select_related("dataset")
    found = cut(rows.order_by("-pk"), MOST_TASKS)
    tasks = [
        Task(row.name, url_of(row), row.dataset.name, row.dataset.get_kind_display()) for row in found.shown
    ]
    first = PlanningDataset if not tasks else Scenario
    buttons = []
    if policy_of(first).may(request.actor, "add"):
        noun = str(first._meta.verbose_name)
        buttons = [Button(_("New %(noun)s") % {"noun": noun}, list_url(first) + "new/", "add", first=True)]
    return Part(
        _("Scenarios"),
        list_url(Scenario),
        buttons=buttons,
        tasks=tasks,
        cut=found,
        empty=_("No scenario yet: freeze the facts as a planning data set, then make a scenario of it."),
    ).given()


def runs_by_status(request: Request) -> FirstPagePart:
    """All runs of solvers by what came of them."""
    bars = bars_of_choices(SolveRun.objects.permitted(request.actor), "status")
    return Part(_("Solver runs"), list_url(SolveRun), bars=bars, empty=_("No model was run yet.")).given()


def newest_decisions(request: Request) -> FirstPagePart:
    """What bodies decided last on plans."""
    rows = Decision.objects.permitted(request.actor).order_by("-decided_on", "-pk")
    found = cut(rows, MOST_TASKS)
    tasks = [
        Task(
            f"{decision.body} · {decision.paper or decision.meeting}".rstrip(" ·"),
            url_of(decision),
            day_text(decision.decided_on),
            decision.get_outcome_display(),
            OUTCOME_TONES[decision.outcome],
        )
        for decision in found.shown
    ]
    empty = _("No plan was decided on yet.")
    return Part(_("Decisions on plans"), list_url(Decision), tasks=tasks, cut=found, empty=empty).given()
