"""The plan of the demo organisation: pure, deterministic, without a database.

`build_plan(seed)` gives every row but the requests; `requests.stream(...)` gives a year of
requests in chunks; `checks.assert_plan` recounts the rows against the published totals.
"""
