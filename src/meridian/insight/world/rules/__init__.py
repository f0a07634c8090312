"""The world view's arithmetic: projection, land, daylight, the drawing. Pure: no Django, no database."""
