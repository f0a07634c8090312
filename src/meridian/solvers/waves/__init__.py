"""Waves: what moves when, on the scheduling core."""
