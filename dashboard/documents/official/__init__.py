"""The common parts of briefings, letters and handover lists.

The official page by GB/T 9704, its paragraphs and tables, marks in the text, and the error for a
figure that differs from the data.
"""
