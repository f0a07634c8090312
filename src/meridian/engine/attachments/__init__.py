"""Files beside rows, stored once by what they hold."""
