"""A page with nothing on it, for comparison."""
