"""Money as others have published it, taken into the ledger."""
