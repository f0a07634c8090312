"""Every write of webhooks, and the calls."""
