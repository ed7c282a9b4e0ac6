"""The posts of a unit: present holders since when, vacancies since when, earlier holders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard import reads
from dashboard.charts.status_colours import Tone
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.unit_answers import FIRST
from dashboard.status import LEVEL_TONES, Status
from dashboard.widgets import lists
from dashboard.widgets.drawing import heading
from dashboard.widgets.lists import Column, Kind
from dashboard.widgets.silence import draw_if_not_entered, is_known
from data.ledgers.unit_ledgers import Rows
from data.responsibilities import posts as unit_posts
from models.duty import Appointment, PostRole
from models.text import NOTHING
from models.warning import Level

TRAINED = "training_coverage"


@dataclass(frozen=True, slots=True)
class Post:
    """A post with its holder's appointment, or vacant since `empty_since`, as grave as `level`."""

    role: PostRole
    row: Mapping[str, Any] | None = None
    empty_since: date | None = None
    level: Level = Level.YELLOW

    def held_on(self, day: date) -> bool:
        """Return whether somebody holds the post on `day`."""
        return self.row is not None and (self.row["until_on"] is None or self.row["until_on"] > day)


def posts(view: View, appointments: Rows) -> None:
    """Draw each post that the unit must fill, the vacant ones first, then earlier holders."""
    if draw_if_not_entered(view, "dual_responsibility", name(Appointment.SHEET)):
        return
    empty = [
        Post(each.role, empty_since=each.since, level=each.level)
        for unit in reads.ask(unit_posts.posts, view.scope)
        for each in unit.vacancies
    ]
    shown = [*empty, *in_order(appointments, view.as_of)]
    says = _(
        "{held} held, {empty} empty; {trained}",
        held=len({each.role for each in shown if each.held_on(view.as_of)}),
        empty=len(empty),
        trained=_trained(view),
    )
    title = name(Appointment.SHEET)
    heading(title, says)
    lists.draw(_columns(view.as_of), shown, key=f"unit-{Appointment.id()}", says=title, first=FIRST)


def in_order(appointments: Rows, day: date) -> list[Post]:
    """Return appointments as posts: those held on `day` in the order of posts, then earlier
    ones."""
    order = list(PostRole)
    every_post = [Post(PostRole(row["role"]), row) for row in appointments]
    return sorted(every_post, key=lambda each: (not each.held_on(day), order.index(each.role)))


def standing(post: Post, day: date) -> Status:
    """Return whether a post is held, was given up, or has been vacant for how long."""
    if post.empty_since is not None:
        n = (day - post.empty_since).days
        return Status(LEVEL_TONES[post.level], _("empty for {n} days", n=n))
    if post.held_on(day):
        return Status(Tone.GOOD, _("in post"))
    return Status(Tone.SILENT, _("held before"))


def _columns(day: date) -> Sequence[Column[Post]]:
    def of_row(post: Post, column: str) -> Any:
        return post.row[column] if post.row else None

    return [
        Column("standing", _("Standing"), lambda post: standing(post, day), Kind.STATUS),
        Column("post", _("Post"), lambda post: name(post.role.label)),
        Column("who", _("Who"), lambda post: str(of_row(post, "name") or NOTHING)),
        Column(
            "since", _("Since"), lambda post: post.empty_since or of_row(post, "from_on"), Kind.DAY
        ),
        Column("until", _("Until"), lambda post: of_row(post, "until_on"), Kind.DAY),
        Column("full_time", _("Full-time"), lambda post: of_row(post, "full_time")),
    ]


def _trained(view: View) -> str:
    """Return, in words, whether anybody of the unit attended a training within the last year."""
    if not is_known(view, TRAINED):
        return _("trainings are not entered")
    if reads.figures_of(view.scope)[TRAINED].numerator:
        return _("people of the unit were trained in the last year")
    return _("nobody of the unit was trained in the last year")
