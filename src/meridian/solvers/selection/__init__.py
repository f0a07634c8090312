"""Choosing a portfolio: a pure package that knows choices, ceilings and pools, and no database."""
