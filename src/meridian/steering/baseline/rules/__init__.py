"""What published files say, as drafts: no database, no Django."""
