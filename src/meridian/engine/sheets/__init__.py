"""Tables from files, read without trust: the one way from bytes to cells that all importers share.

`reading.read_sheets` gives the sheets of a CSV or XLSX file as rows of `cells.Cell`, each with its
line in the file and its kind; `table.read_table` the lines of the one table that a CSV, XLSX or JSON
file holds, under their headings. Whatever is beyond `limits`, or can't be read for certain, is
`faults.Unreadable`, which names sheet, line and column. Nothing here writes, and nothing guesses.
"""
