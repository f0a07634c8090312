"""Reads of discovery."""
