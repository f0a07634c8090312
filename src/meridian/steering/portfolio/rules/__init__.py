"""Pure arithmetic of the portfolio: gates, the benefits clock, yearly flows."""
