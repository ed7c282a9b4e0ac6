"""Elements of our own on pages: regions that carry colour, shape, word and the way on.

`board` mounts a whole page's regions as one element of Streamlit. Each kind of part has its Python
face here, which says what it shows, and beside it the script and the style that draw it.
"""
