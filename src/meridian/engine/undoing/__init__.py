"""Undoing what was done to many rows at once, from what the trail holds of it."""
