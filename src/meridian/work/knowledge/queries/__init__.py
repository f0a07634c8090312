"""What is asked of knowledge."""
