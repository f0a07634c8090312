"""Reads of items."""
