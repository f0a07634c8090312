"""Keeps a second copy of everything, and gives back what was at any instant since."""
