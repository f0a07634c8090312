"""The REST interface, derived from the declarations."""
