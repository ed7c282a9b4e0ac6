"""The six mechanisms at a glance: one figure of each."""

from dashboard.frame.view import View
from dashboard.widgets.drawing import still
from dashboard.widgets.tiles import row_of_figures

FIGURES = (
    "cross_review_completion",
    "guidance_coverage",
    "chief_auditor_rate",
    "assessment_mean",
    "warnings_open",
    "rating_3a",
)
"""One figure for each mechanism, in the order of the tabs."""


@still
def head(view: View) -> None:
    """Draw one figure for each mechanism."""
    row_of_figures(view, FIGURES, key="mechanisms-figures")
