"""Telling people what concerns them: in the house and by mail."""
