"""The door of hand-over for other modules: in whose hands items are, and what waits for acceptance."""

from meridian.work.handover.models import Custody, Sheet, SheetItem
from meridian.work.handover.queries.hands import gaps, hands_of, items_in_hands, open_sheets

__all__ = ["Custody", "Sheet", "SheetItem", "gaps", "hands_of", "items_in_hands", "open_sheets"]
