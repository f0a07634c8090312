"""What the tests of the house itself stand on."""
