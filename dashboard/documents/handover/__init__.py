"""The handover list (交接清单) as a Word file: what it says, its layout, and making it.

`sections` says what is open in words, `document` writes the page with the places to sign, `files`
asks the data for it and names the file.
"""
