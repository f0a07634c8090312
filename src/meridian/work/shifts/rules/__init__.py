"""Arithmetic of shifts: no tables, no clock of its own."""
