"""How much of a file is read: each bound is far above honest work and far below what hurts."""

MOST_FILE_BYTES = 20_000_000
MOST_CELLS = 1_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 1_000
MOST_SHEETS = 100
MOST_CELL_CHARACTERS = 1_000_000
# What the texts of a workbook hold together: they are kept, its XML is only passed through.
MOST_CHARACTERS = 20_000_000
# A workbook is a packed folder. Its parts, unpacked, and the list of them.
MOST_UNPACKED_BYTES = 128_000_000
MOST_RATIO = 250
RATIO_COUNTS_FROM_BYTES = 4_000_000
MOST_DIRECTORY_BYTES = 1_000_000
MOST_NESTING = 50
