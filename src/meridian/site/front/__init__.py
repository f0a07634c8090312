"""The front of the web: bodies are read, and answers sent, while no thread of the house waits for them."""
