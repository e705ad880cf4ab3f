"""The clinic's pages: for its staff, at their own clinic only."""
