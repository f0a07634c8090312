"""One search over everything that is declared searchable, in six languages."""
