"""Letters as Word files: their wording, their layout by GB/T 9704, and a check before they go out.

`wording` puts a letter into words, `document` writes it, `checking` reads the file back and
compares every figure with the data; `files` runs all steps.
"""
