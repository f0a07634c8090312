"""Reads of shifts."""
