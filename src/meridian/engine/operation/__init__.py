"""What the operator of the house looks at: the trail and the jobs."""
