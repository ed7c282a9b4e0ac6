"""The web interface and the command line: pages, sign-in, charts, documents, translation."""
