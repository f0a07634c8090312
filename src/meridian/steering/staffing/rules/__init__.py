"""Pure arithmetic of posts: folding actions, comparing stages, costs, needs, titles, drawing."""
