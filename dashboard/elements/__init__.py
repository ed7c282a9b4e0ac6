"""Our own page elements: regions with colours, shapes, words and links.

`board` mounts all regions of a page as one Streamlit element. Each kind of part has a Python module
here that builds its data, and a script and a style of the same name that draw it.
"""
