"""What is read of posts."""
