"""Scheduling: what happens when, with limited resources; the one core of all that must happen in order."""
