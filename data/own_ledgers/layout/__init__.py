"""The layout of a sheet: its tables, header, columns, sections, copies and sums."""
