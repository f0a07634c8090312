"""Reads of problems, known errors and major incidents."""
