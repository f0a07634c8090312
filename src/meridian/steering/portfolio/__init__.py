"""What is worth doing: proposals through their gates, appraised, chosen together, their benefits counted."""
