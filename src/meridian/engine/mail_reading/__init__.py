"""Mail from anywhere, read from its bytes alone: headers, words without quotations, harmless pages, files."""
