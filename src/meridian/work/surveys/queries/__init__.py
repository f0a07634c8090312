"""What is asked of surveys."""
