"""What is asked of service levels."""
