"""The handover list (交接清单) as a Word file.

`sections` puts the open items into words, `document` writes the page with places to sign, `files`
reads the data and names the file.
"""
