"""How a file is kept back in which something is not what the data says."""

from models.text import TellingError


class FigureDiffersError(TellingError):
    """A file does not say what the data says; `sentence` names the figure, and both values."""
