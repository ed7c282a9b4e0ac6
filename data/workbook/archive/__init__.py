"""The file of a workbook: its zip archive, its parts, the values and marks in its sheets."""
