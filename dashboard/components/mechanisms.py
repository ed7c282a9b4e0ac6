"""The six mechanisms at a glance: one figure of each."""

from dashboard.components.tiles import tiles
from dashboard.frame import View


def head(view: View) -> None:
    """One figure a mechanism, in the order of the tabs."""
    tiles(
        view,
        (
            "cross_review_completion",
            "guidance_coverage",
            "chief_auditor_rate",
            "assessment_mean",
            "warnings_open",
            "rating_3a",
        ),
    )
