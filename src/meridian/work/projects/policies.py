"""Projects are read and kept by whoever holds the right at their unit."""

from meridian.engine.policies import Policy


class ProjectPolicy(Policy):
    unit = "unit__path"


class PartPolicy(Policy):
    unit = "project__unit__path"


class DependencyPolicy(Policy):
    unit = "after__project__unit__path"


class BaselineTaskPolicy(Policy):
    unit = "baseline__project__unit__path"
