"""What the channels ask of the rows."""
