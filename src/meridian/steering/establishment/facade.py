"""The door of establishment: posts and their actions, stages of a post table, papers that tell of them."""

from meridian.steering.establishment.rules.actions import (
    ATTRIBUTES,
    GRADES,
    Impossible,
    PostState,
    Step,
    category_of,
    succeed,
)
from meridian.steering.establishment.rules.papers import Paper, PlannedPost, read_papers
from meridian.steering.establishment.rules.programme import YEAR_AFTER, read_programme
from meridian.steering.establishment.rules.ranks import CATEGORIES, PERSONNEL, in_rank
from meridian.steering.establishment.rules.stages import division_of, section_of

__all__ = [
    "ATTRIBUTES",
    "CATEGORIES",
    "GRADES",
    "PERSONNEL",
    "YEAR_AFTER",
    "Impossible",
    "Paper",
    "PlannedPost",
    "PostState",
    "Step",
    "category_of",
    "division_of",
    "in_rank",
    "read_papers",
    "read_programme",
    "section_of",
    "succeed",
]
