"""Every write to rosters."""
