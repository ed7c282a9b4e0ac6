"""Who is in post in the units, and which posts have been vacant since when."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import streamlit as st

from dashboard import address, formats, reads
from dashboard.charts import ranking
from dashboard.charts import responsibilities as charts
from dashboard.charts.status_colours import Tone
from dashboard.frame.view import View
from dashboard.i18n import _, name
from dashboard.screens.next_meeting import next_meeting
from dashboard.screens.responsibilities.sectors import sectors
from dashboard.status import LEVEL_TONES, Status
from dashboard.widgets import asked, headlines, lists, ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.lists import Column, Kind
from dashboard.widgets.panels import panel
from dashboard.widgets.silence import draw_if_not_entered, draw_if_silent
from dashboard.widgets.tables import table
from data.figures import units as unit_lines
from data.responsibilities import persons, posts
from data.responsibilities.persons import ChiefAuditor
from data.responsibilities.posts import Filled, UnitPosts
from data.responsibilities.vacant_posts import CHIEF_AUDITOR_RULE
from models.duty import PostRole
from models.grid import UnitKind
from models.text import NOTHING

PAGE = 50
AT_FIRST = 20
"""Rows of a page shown at first."""


@still
def filled(view: View) -> None:
    """Draw the units with a vacant post, and the number of units in which each post is filled."""
    gaps, matrix = st.columns([3, 2], border=True)
    with gaps:
        _vacancies(view)
    with matrix:
        _matrix(view)
    with panel():
        sectors(view)


def _matrix(view: View) -> None:
    if draw_if_not_entered(view, "dual_responsibility", _("Posts filled")):
        return
    filled_posts = reads.ask(posts.filled, view.scope)
    kinds = [kind for kind in UnitKind if any(of == kind for _role, of in filled_posts)]
    draw(
        charts.post_matrix,
        [
            {
                "code": str(role),
                "post": name(role.label),
                "kind": name(kind.label),
                **_filled(filled_posts.get((role, kind))),
            }
            for role in PostRole
            for kind in kinds
        ],
        key="posts-matrix",
        title=_emptiest(filled_posts),
        says=_("units with somebody in the post, out of those that owe it"),
        hint=_("click to see gaps"),
        texts={"share": _("Units with the post filled"), "unknown": _("not applicable")},
        empty=_("No unit stood in the grid here on {day}.", day=view.as_of),
        on_choose=_choose,
    )


def _filled(counted: Filled | None) -> Mapping[str, object]:
    """Return the share of units as chart columns; a kind of unit that need not fill the post has
    none."""
    if counted is None:
        return {"share": None, "text": NOTHING}
    return {"share": counted.units / counted.of, "text": f"{counted.units}/{counted.of}"}


def by_post(view: View) -> None:
    """Draw the number of units in which each post is filled, out of those that must fill it."""
    if draw_if_not_entered(view, "dual_responsibility", _("Posts filled")):
        return
    filled_posts = reads.ask(posts.filled, view.scope)
    counted = {
        role: [filled_posts[role, kind] for kind in UnitKind if (role, kind) in filled_posts]
        for role in PostRole
    }
    filled = {
        role: (sum(each.units for each in some), sum(each.of for each in some))
        for role, some in counted.items()
        if some
    }
    draw(
        ranking.ranked_numbers,
        [
            {
                "code": str(role),
                "name": name(role.label),
                "value": units / of,
                "text": f"{units}/{of}",
            }
            for role, (units, of) in filled.items()
        ],
        key="posts-by-post",
        title=_emptiest(filled_posts),
        says=_("units with somebody in the post, out of those that owe it"),
        empty=_("No unit stood in the grid here on {day}.", day=view.as_of),
    )


def _emptiest(found: Mapping[tuple[PostRole, UnitKind], Filled]) -> str:
    """Return a title that names the post filled in the smallest share of units."""
    sides: dict[str, tuple[int, int]] = {}
    for (role, _kind), counted in found.items():
        units, of = sides.get(name(role.label), (0, 0))
        sides[name(role.label)] = units + counted.units, of + counted.of
    shares = {post: Fraction(units, of) for post, (units, of) in sides.items() if of}
    texts = {share: formats.share_text(*sides[post]) for post, share in shares.items()}
    return headlines.least(
        shares,
        subject=_("Posts filled"),
        otherwise=_("Posts filled"),
        written=texts.__getitem__,
    )


def _choose(role: str) -> None:
    address.put_of_page("post", role)
    address.put_of_page(asked.PAGE, None)


def _vacancies(view: View) -> None:
    if draw_if_not_entered(view, "dual_responsibility", _("Empty posts by unit")):
        return
    roles = {str(role): name(role.label) for role in PostRole}
    with asked.filters("posts", "post"):
        asked.select("post", _("Post"), roles, inside=True)
    role = asked.choice("post", roles)
    wanted = frozenset({PostRole(role)}) if role else frozenset(PostRole)
    units_with_vacancies = reads.ask(posts.with_vacancies, view.scope, wanted)
    nobody = sum(unit.nobody_in_post for unit in units_with_vacancies)
    heading(
        _("Units with nobody in post: {n}", n=nobody) if nobody else _("Empty posts by unit"),
        _(
            "{n} units with an empty post: nobody in post first, then the longest; click to see the"
            " unit",
            n=len(units_with_vacancies),
        )
        if next_meeting(view) is None
        else _(
            "{n} units with an empty post, the gravest first; fill and report before the next"
            " meeting",
            n=len(units_with_vacancies),
        ),
    )
    if not units_with_vacancies:
        if not draw_if_silent(view):
            st.info(_("Every post asked for is filled in every unit."))
        return
    page = asked.page_number(-(-len(units_with_vacancies) // PAGE))
    shown = units_with_vacancies[(page - 1) * PAGE : page * PAGE]
    lists.draw(
        _gap_columns(view),
        shown,
        key="posts-gaps",
        says=_("Units with the posts that are empty and since when"),
        onward=lambda unit: ways.unit_way(unit.unit),
        first=AT_FIRST,
    )
    lists.download(
        view,
        _gap_columns(view),
        lambda: units_with_vacancies,
        title=_("Empty posts by unit"),
        key="posts-gaps",
    )


def _gap_columns(view: View) -> list[Column[UnitPosts]]:
    def since(unit: UnitPosts) -> date:
        return min(each.since for each in unit.vacancies)

    answers_for = reads.ask(unit_lines.competent_departments)
    department: Column[UnitPosts] = Column(
        "department",
        _("Competent department"),
        lambda unit: answers_for.get(unit.sector),
        card="{n}",
    )
    # As the committee's call on the item says.
    meeting = next_meeting(view)
    fill_by = meeting.on_date if meeting else None
    limit: Column[UnitPosts] = Column(
        "limit", _("Fill by"), lambda _unit: fill_by, Kind.DAY, card=_("fill by {n}", n="{n}")
    )
    return [
        Column("unit", _("Unit"), lambda unit: unit.name),
        Column("standing", _("Standing"), _standing, Kind.STATUS),
        Column(
            "days",
            _("Days empty"),
            # In the colour of the standing beside it.
            lambda unit: ((view.as_of - since(unit)).days, _standing(unit).tone),
            Kind.WHOLE,
            card=_("empty for {n} days", n="{n}"),
        ),
        Column("posts", _("Empty posts"), _empty, width="medium", card="{n}"),
        *([department] if answers_for else []),
        *([limit] if meeting else []),
        Column("kind", _("Kind"), lambda unit: name(UnitKind(unit.kind).label), spare=True),
        Column("since", _("Empty since"), since, Kind.DAY, spare=True),
    ]


def _standing(unit: UnitPosts) -> Status:
    """Return whether all posts of a unit are vacant or some, which is the order of the list."""
    word = _("nobody at all") if unit.nobody_in_post else _("partly empty")
    return Status(LEVEL_TONES[unit.level], word)


def _empty(unit: UnitPosts) -> str:
    """Return the vacant posts of a unit in words, each with its day if the days differ."""
    if len({each.since for each in unit.vacancies}) == 1:
        if unit.nobody_in_post:
            return _("all {n} posts", n=len(unit.vacancies))
        return _(", ").join(name(each.role.label) for each in unit.vacancies)
    return _(", ").join(
        _("{post} since {day}", post=each.role.label, day=each.since) for each in unit.vacancies
    )


@still
def people(view: View) -> None:
    """Draw everybody in post, a page at a time; the post is kept in the address."""
    if draw_if_not_entered(view, "dual_responsibility", _("Persons in post")):
        return
    roles = {str(role): name(role.label) for role in PostRole}
    with st.columns([1, 2])[0]:
        asked.select("post", _("Post"), roles)
    role = asked.choice("post", roles)
    wanted = (PostRole(role),) if role else tuple(PostRole)
    first = (max(asked.whole_number(asked.PAGE), 1) - 1) * PAGE
    people_read = reads.ask(
        persons.persons,
        view.scope,
        wanted,
        first=first,
        most=PAGE,
        names_in_full=view.names_in_full,
    )
    asked.page_number(-(-people_read.number // PAGE))
    heading(_("Persons in post"), _("{n} posts held, by unit", n=people_read.number))
    if not people_read.shown:
        st.info(_("Nobody is in post here on {day}.", day=view.as_of))
        return
    shown = people_read.shown
    table(
        {
            _("Unit"): [person.unit_name for person in shown],
            _("Post"): [name(person.role.label) for person in shown],
            _("Name of the person"): [person.name for person in shown],
            _("In post since"): [person.since for person in shown],
            _("Full time"): [_full_time(person.full_time) for person in shown],
            _("Holds also"): [
                _(", ").join(name(role.label) for role in person.others) for person in shown
            ],
        },
        key="posts-people",
        says=_("Persons in post"),
        onward=lambda row: ways.unit_way(shown[row].unit),
        first=AT_FIRST,
    )


def _full_time(full_time: bool | None) -> str:
    if full_time is None:
        return NOTHING
    return _("yes") if full_time else _("no")


@still
def chief_auditors(view: View) -> None:
    """Draw the chief auditors of the state-owned firms, the longest vacancy first."""
    if draw_if_not_entered(view, "chief_auditor_rate", _("Chief auditors of state firms")):
        return
    threshold = reads.references().thresholds.get(CHIEF_AUDITOR_RULE)
    auditors = reads.ask(
        persons.chief_auditors, view.scope, threshold, names_in_full=view.names_in_full
    )
    empty = sum(post.days_empty is not None for post in auditors)
    heading(
        _("Chief auditors of state firms"),
        _("{empty} of {n} posts empty; click to see the unit", empty=empty, n=len(auditors)),
    )
    if threshold is not None:
        st.caption(_("A warning is raised when a post is empty for {n} days.", n=threshold))
    if not auditors:
        st.info(_("There is no state firm in the grid here."))
        return
    table(
        {
            _("Unit"): [post.unit_name for post in auditors],
            _("Chief auditor"): [post.person or _("post empty") for post in auditors],
            _("Since"): [post.since for post in auditors],
            _("Full time"): [_full_time(post.full_time) for post in auditors],
            _("Days empty"): [_days_empty(post) for post in auditors],
            _("Warning"): [_warning(post) for post in auditors],
        },
        key="posts-chief-auditors",
        says=_("Chief auditors of state firms, the longest vacancy first"),
        onward=lambda row: ways.unit_way(auditors[row].unit),
        tall=True,
    )


def _days_empty(post: ChiefAuditor) -> tuple[int, Tone] | None:
    if post.days_empty is None or post.level is None:
        return None
    return post.days_empty, LEVEL_TONES[post.level]


def _warning(post: ChiefAuditor) -> Status | None:
    if post.level is None or not post.warned:
        return None
    return Status(LEVEL_TONES[post.level], _("empty for too long"))
