"""Tables read from files: what `engine.printing` wrote (`printed`), and published data (`data_files`)."""
