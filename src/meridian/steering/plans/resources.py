"""What the house knows of plans."""

from meridian.engine.policies import by_unit
from meridian.engine.resources import F, Resource
from meridian.steering.plans import commands
from meridian.steering.plans.models import (
    Check,
    Decision,
    Override,
    PlanningDataset,
    Scenario,
    Solution,
    SolveRun,
)

PART_OF_SCENARIO = by_unit("scenario__dataset__unit")
PART_OF_SOLUTION = by_unit("solution__run__scenario__dataset__unit")


class PlanningDatasetResource(Resource):
    model = PlanningDataset
    address = "planning-datasets"
    pages = {"form": "pages.DatasetForm"}
    policy = by_unit()
    key = "code"
    order = ("-frozen_at",)
    related = ("unit",)
    appended = True
    menu_of = {"planner": 10}
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("unit", column=True),
        F("kind", column=True),
        F("content", audit=False),
        F("content_hash"),
        F("frozen_at", column=True),
    )
    add = commands.freeze_dataset


class ScenarioResource(Resource):
    model = Scenario
    address = "scenarios"
    policy = by_unit("dataset__unit")
    key = "code"
    order = ("code",)
    related = ("dataset", "parent")
    menu_of = {"planner": 20}
    fields = (
        F("code", column=True, search="A"),
        F("name", column=True, search="A"),
        F("dataset", column=True),
        F("parent", column=True),
    )
    add, change, remove = commands.add_scenario, commands.change_scenario, commands.remove_scenario


class OverrideResource(Resource):
    model = Override
    address = "overrides"
    policy = PART_OF_SCENARIO
    order = ("place",)
    related = ("scenario",)
    in_menu = False
    fields = (F("scenario", column=True), F("place", column=True), F("value", column=True))


class SolveRunResource(Resource):
    model = SolveRun
    address = "solver-runs"
    policy = PART_OF_SCENARIO
    order = ("-id",)
    related = ("scenario",)
    state = "status"
    tones = {
        "queued": "still",
        "running": "accent",
        "proven": "good",
        "feasible": "good",
        "infeasible": "bad",
        "failed": "bad",
    }
    menu_of = {"planner": 30}
    change = remove = None
    fields = (
        F("scenario", column=True),
        F("model", column=True),
        F("model_version"),
        F("seed"),
        F("limit_seconds"),
        F("limit_steps"),
        F("status", column=True),
        F("objective", column=True),
        F("bound", column=True),
        F("gap", column=True),
        F("seconds", column=True),
        F("fault"),
    )
    add = commands.queue_run


class SolutionResource(Resource):
    model = Solution
    address = "solutions"
    policy = by_unit("run__scenario__dataset__unit")
    order = ("-id",)
    related = ("run",)
    appended = True
    in_menu = False
    fields = (
        F("run", column=True),
        F("sequence", column=True, form=False),
        F("objective", column=True),
        F("content", audit=False),
        F("found_at", column=True),
    )


class CheckResource(Resource):
    model = Check
    address = "checks"
    policy = PART_OF_SOLUTION
    order = ("-id",)
    related = ("solution",)
    titled = ("solution", "checker")
    appended = True
    in_menu = False
    fields = (
        F("solution", column=True),
        F("checker", column=True),
        F("checker_version"),
        F("passed", column=True),
        F("objective", column=True),
        F("breaches"),
        F("checked_at", column=True),
    )


class DecisionResource(Resource):
    model = Decision
    address = "decisions-on-plans"
    policy = PART_OF_SOLUTION
    order = ("-decided_on",)
    related = ("solution",)
    titled = ("outcome", "solution")
    menu_of = {"cio": 70}
    change = remove = None
    fields = (
        F("solution", column=True),
        F("outcome", column=True),
        F("body", column=True, search="B"),
        F("meeting", column=True),
        F("paper", search="B"),
        F("decided_on", column=True),
        F("reasons"),
    )
    add = commands.decide
