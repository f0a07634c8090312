"""Sites: which facilities stay open, and who is served from where."""
