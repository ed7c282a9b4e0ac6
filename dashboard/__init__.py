"""The web interface and the command line: frame, sign-in, screens, charts, documents,
translation."""
