"""Mutation tests: plant one fault at a time in a copy of the sources, and see if a test fails."""
