"""Links that a mail may carry: for one purpose, one row and one person, once, until they expire."""
