"""Posts as the fold of their actions, and papers read as posts with their actions."""
