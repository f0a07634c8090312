"""What is asked of clocks by whoever reads them."""
