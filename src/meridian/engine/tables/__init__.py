"""Tables that add, printed alike as HTML, XLSX, DOCX, PDF, CSV and JSON, and read back again.

`specification.TableSpec` lays facts out as a `table.Table`; `totals.add_totals` makes the
totals come out of the rows; `printing` prints tables and documents; `reading` reads the
printed file back and `adding.re_add` proves its sums.
"""
