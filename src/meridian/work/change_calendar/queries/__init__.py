"""Reads of the calendar of changes."""
