"""What mail means to the desk, from its bytes alone: no table, no clock, no network."""
