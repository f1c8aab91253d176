"""What the templates of all faces may use."""
