"""The agenda of a meeting as PowerPoint slides, with text, tables and charts that can be edited.

`content` reads the data, `deck` describes the slides, `writing` writes the file, and `checking`
reads it back and compares every text and number with data read anew.
"""
