"""Work items: what every kind of tracked work shares. The tables are those of the modules that track."""
