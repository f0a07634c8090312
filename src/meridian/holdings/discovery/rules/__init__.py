"""The arithmetic of discovery: reading, joining, identifying and choosing, from values to values."""
