"""The embedded PostgreSQL: found in a package or in the system, started and stopped without privileges."""
