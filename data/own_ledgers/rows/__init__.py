"""Rows of each kind of own ledger, read from the columns of a sheet into stated rows."""
