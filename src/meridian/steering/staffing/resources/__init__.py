"""What the house knows of posts, roles and norms."""

from meridian.steering.staffing.resources import norms, posts, rates

__all__ = ["norms", "posts", "rates"]
