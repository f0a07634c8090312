"""Every write to hand-over."""
