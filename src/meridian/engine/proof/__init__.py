"""Proof of a number: the rows it was added from, what decided it, who wrote it and when.

docs/developers/proof.md says how a module gives one.
"""
