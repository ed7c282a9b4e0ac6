"""The tone of a vacant post, the same wherever it is shown."""

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.frame.view import View
from dashboard.status import LEVEL_TONES
from data.responsibilities import posts
from models.duty import PostRole
from models.warning import Level


def tone(view: View, unit: str, role: PostRole) -> Tone:
    """Return the tone of the vacant post `role` of a unit; yellow outside the grid, where no post
    has to be filled."""
    levels = {
        each.role: each.level
        for found in reads.ask(posts.posts, view.scope)
        if found.unit == unit
        for each in found.vacancies
    }
    return LEVEL_TONES[levels.get(role, Level.YELLOW)]
