"""Letters as Word files: their words, their layout by GB/T 9704, and the check before they go out.

`wording` says what a letter says, `document` writes it, `checking` opens the file again and
compares every figure in it with the data, `files` does all of it in order.
"""
