"""What a post is, how it changes, and how papers tell of posts; no tables."""
