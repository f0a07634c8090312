"""What the house knows of posts, roles and norms."""

from meridian.steering.staffing.resources import norms, posts

__all__ = ["norms", "posts"]
