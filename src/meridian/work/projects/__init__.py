"""Projects: what is to be done by when, what it costs, and how far it has come."""
