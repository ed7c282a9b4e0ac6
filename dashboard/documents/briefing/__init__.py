"""Briefings: what the figures say of a day, as a document and as a workbook, made and checked.

`content` asks the data, `document` tells it in blocks, `word` and `workbook` write them, `checking`
reads back what was written, `making` does all of it in order.
"""
