"""Cells read and explained by the kind of their column, and how number formats display them."""
