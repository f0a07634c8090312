"""What is asked of contacts: the person who calls, and how many were helped at once."""
