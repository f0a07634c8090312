"""Reads of hand-over."""
