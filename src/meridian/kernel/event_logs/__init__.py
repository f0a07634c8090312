"""Event logs of other systems in CSV and XES (IEEE 1849), read by a mapping, line by line and within bounds.

`files` unpacks, `delimited` and `xes` read lines, `steps` understands them by a `mapping`, and `spill` puts
them together to cases on disk.
"""
