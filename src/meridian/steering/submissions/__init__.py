"""Submitted tables of figures: added again, and every cell that can't be read is named."""
