"""The error that keeps a file back if it differs from the data."""

from models.text import TellingError


class FigureDiffersError(TellingError):
    """A file differs from the data; `sentence` names the figure and both values."""
