"""The tone of a vacant post, the same wherever it is shown."""

from collections.abc import Collection

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.frame.view import View
from dashboard.status import LEVEL_TONES
from data.responsibilities import posts
from data.responsibilities.vacant_posts import gravest
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


def gravest_tone(view: View, roles: Collection[PostRole]) -> Tone:
    """Return the tone of the gravest vacancy of `roles` in the units of the view."""
    units = reads.ask(posts.with_vacancies, view.scope, frozenset(roles))
    return LEVEL_TONES[gravest(each for unit in units for each in unit.vacancies)]
