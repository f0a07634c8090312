"""What mail says and means, from its bytes alone: no table, no clock, no network."""
