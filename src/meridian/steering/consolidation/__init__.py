"""Consolidation: which sites stay open, which server goes where, what moves when, how many desks."""
