"""Pages made from the declarations, and the frame around every page."""
