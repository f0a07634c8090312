"""Solvers in a process of their own: limits, progress, the best so far, and faults in one sentence."""
