"""The desks as they stand at any minute: open or closed, what waits and is in hand, and what they took in."""
