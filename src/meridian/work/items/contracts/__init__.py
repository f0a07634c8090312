"""Words of work items that the modules with items use."""
