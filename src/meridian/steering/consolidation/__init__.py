"""Consolidation: which sites stay open, what moves when."""
