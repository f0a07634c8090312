"""Clocks as arithmetic: from what happened to stretches, counted seconds and instants."""
