"""Every write to problems, known errors and major incidents."""
