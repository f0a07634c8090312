"""What is done at once, in the request; whatever is larger is an errand of the worker."""

AT_ONCE_EXPORTED_ROWS = 5_000
AT_ONCE_IMPORTED_ROWS = 1_000
AT_ONCE_IMPORTED_BYTES = 500_000
