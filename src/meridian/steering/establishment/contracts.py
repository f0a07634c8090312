"""Words that the rules of staffing and its neighbours share."""

from enum import StrEnum


class ActionKind(StrEnum):
    """What may happen to a post."""

    ESTABLISH = "establish"
    ABOLISH = "abolish"
    REDEPLOY = "redeploy"
    RECLASSIFY = "reclassify"
    RELOCATE = "relocate"
    CONVERT = "convert"
    TRANSFER = "transfer"


class Tenure(StrEnum):
    """Whether a position is a standing post or granted for a time."""

    POST = "post"
    TEMPORARY = "temporary"


class PostCategory(StrEnum):
    """The categories by which posts are counted."""

    PROFESSIONAL = "professional_and_higher"
    GENERAL_SERVICE = "general_service"
    OTHER = "other"
