"""Tables that add.

`specification.TableSpec` lays facts out as a `table.Table`; `totals.add_totals` makes the
totals come out of the rows; `adding.re_add` proves them; `catalogue` holds the tables that
modules offer. They are printed by `engine.printing` and read by `engine.reading`.
"""
