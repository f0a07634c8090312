"""Every write to changes, boards and windows."""
