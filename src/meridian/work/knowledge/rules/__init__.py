"""Pure arithmetic of knowledge."""
