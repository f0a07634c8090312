"""Pure arithmetic of surveys."""
