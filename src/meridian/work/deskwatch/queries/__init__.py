"""Reads of desks."""
