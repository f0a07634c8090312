"""Words of major incidents that other modules use."""

from dataclasses import dataclass
from datetime import datetime

from meridian.engine.translation import Translations


@dataclass(frozen=True, slots=True)
class PublicStatus:
    """A major incident as everybody may read it; `over_at` is None while it lasts."""

    number: str
    subject: Translations
    text: Translations
    since: datetime
    updated_at: datetime
    next_update_at: datetime | None
    over_at: datetime | None
