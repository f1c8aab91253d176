"""The pages of review: of one map, and what waits for someone over all maps."""
