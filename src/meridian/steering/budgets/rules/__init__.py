"""The pure arithmetic of budgets: no database, no Django."""
