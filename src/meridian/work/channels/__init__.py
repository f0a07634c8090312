"""The door through which people reach the desk by mail, and by which it answers."""
