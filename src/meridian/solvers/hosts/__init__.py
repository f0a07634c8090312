"""Hosts: which host carries which workload, hour by hour of the week."""
