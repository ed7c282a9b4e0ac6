"""Briefings: the figures of a day told as a Word document and a workbook, written and checked.

`content` reads the data, `document` turns it into blocks of text, `word` and `workbook` write
these, `checking` reads the file back and compares it; `making` runs all steps.
"""
