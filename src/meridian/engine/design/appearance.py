"""Context processor: the theme a reader chose, kept in a cookie so that a page never flashes."""

from django.http import HttpRequest

COOKIE = "meridian_theme"


def appearance(request: HttpRequest) -> dict[str, str]:
    """`theme`: "light", "dark", or "" for what the reader's system prefers."""
    chosen = request.COOKIES.get(COOKIE, "")
    return {"theme": chosen if chosen in ("light", "dark") else ""}
