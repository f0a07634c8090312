"""Arithmetic and grammar of reports, without rows."""
