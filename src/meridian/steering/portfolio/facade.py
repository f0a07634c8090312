"""The door of the portfolio for other modules."""

from meridian.steering.portfolio.commands.reference import seed_reference_portfolio

__all__ = ["seed_reference_portfolio"]
