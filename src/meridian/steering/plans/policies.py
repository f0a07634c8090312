"""Plans are read and made by whoever holds the right at the unit whose facts they are made from."""

from meridian.engine.policies import Policy


class DatasetPolicy(Policy):
    unit = "unit__path"


class ScenarioPolicy(Policy):
    unit = "dataset__unit__path"


class PartOfScenarioPolicy(Policy):
    unit = "scenario__dataset__unit__path"


class SolutionPolicy(Policy):
    unit = "run__scenario__dataset__unit__path"


class PartOfSolutionPolicy(Policy):
    unit = "solution__run__scenario__dataset__unit__path"
