"""Solvers: how to find a plan and prove it, told in numbers alone; no Django, no rows."""
