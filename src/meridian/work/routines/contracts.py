"""Words that routines share with whoever uses them."""

from meridian.work.servicedesk.contracts import Kind

__all__ = ["Kind"]
