"""The first page of each kind of person, and the page of all registers."""
