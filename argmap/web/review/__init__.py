"""Review in the pages: of one map, and what waits for someone over all maps."""
