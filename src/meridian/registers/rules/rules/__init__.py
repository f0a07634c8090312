"""The small safe language of rules: quantities, expressions, decision tables."""
