"""Every write to items, for the commands of the modules that have them."""
