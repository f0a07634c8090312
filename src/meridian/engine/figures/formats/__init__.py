"""What Django itself prints, a plain value in a template, looks as `kernel.notation` prints it."""
