"""How much one request may bring along: asked by whoever takes bodies in, and again while a form is read."""

MOST_REQUEST_BYTES = 30_000_000
