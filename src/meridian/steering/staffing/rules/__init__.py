"""Pure arithmetic of posts: costs, needs, titles, drawing."""
