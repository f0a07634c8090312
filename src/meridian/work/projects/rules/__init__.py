"""Pure arithmetic of projects: states, earned value, plans and what changes in them."""
