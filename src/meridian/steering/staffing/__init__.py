"""Posts, what happens to them, what they cost, and how many there should be."""
