"""Review in the pages: of one map, what people judge of it, and what waits for someone."""
