"""Long work that somebody asks for, done by the worker with their rights."""
