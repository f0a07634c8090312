"""The demo organisation: planned from a seed, loaded by COPY, checked from its rows."""
