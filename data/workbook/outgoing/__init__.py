"""Workbooks that are handed out: exports, templates, starters, returned workbooks."""
