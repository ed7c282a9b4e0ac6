"""0-5A ratings of internal control: the grades, how they are derived, and how they changed."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard import address, formats, ledger_values, reads, status
from dashboard.charts import mechanisms as charts
from dashboard.frame.view import View
from dashboard.i18n import _
from dashboard.widgets import asked, placeholders, ways
from dashboard.widgets.drawing import draw, heading, still
from dashboard.widgets.gap_first import none_wanting
from dashboard.widgets.panels import panel
from dashboard.widgets.silence import draw_if_not_entered, text_if_empty
from dashboard.widgets.tables import table
from data.figures.reading import rounded
from data.mechanisms import ratings as rated
from data.mechanisms.ratings import RatedUnit, Ratings
from models.rules.mechanism import UNRATED
from models.text import NOTHING

SHOWN = 50
AT_FIRST = 10
"""Of these, those shown at first: the lowest grades."""


@still
def ratings(view: View) -> None:
    """Draw each unit, the lowest grades first, the grades by year, and the moves between the last
    two ratings."""
    if draw_if_not_entered(view, "rating_3a"):
        return
    ratings_read = reads.ask(rated.ratings, view.scope, "", SHOWN)
    with panel():
        _units(view, ratings_read)
    years, moves = st.columns(2, border=True)
    with years:
        by_year(view, ratings_read)
    with moves:
        _moves(view, ratings_read)
    placeholders.mark("rating_grades", "vetoes")


def _words(ratings: Ratings) -> dict[str, str]:
    return {**{grade: grade for grade in ratings.grades}, UNRATED: _("Unrated")}


def by_year(view: View, ratings: Ratings) -> None:
    """Draw the number of units with each grade, one bar per year."""
    words = _words(ratings)
    draw(
        charts.rating_moves,
        [
            {
                "code": grade,
                "year": str(year),
                "grade": grade,
                "word": words[grade],
                "value": counts.get(grade, 0),
            }
            for year, counts in ratings.years.items()
            for grade in words
        ],
        key="ratings-years",
        title=_good_grades(ratings),
        says=_("units now in the grid, by their grade for the year"),
        hint=_("click to see the units now in the grade"),
        on_choose=_choose,
        columns={"year": _("Year"), "word": _("Grade"), "value": _("Units")},
        empty=text_if_empty(view, "rating_3a", _("No unit is rated so far.")),
        texts={**words, "units": _("Units")},
    )


GOOD_GRADES = 3
"""How many of the best grades count as good: 3A and better, as in the figure of ratings."""


def _good_grades(found: Ratings) -> str:
    """Return a title with the number of units with one of the best grades, last year and before."""
    if not found.years:
        return _("Grades by year")
    good = found.grades[:GOOD_GRADES]
    (last, counts), *earlier = sorted(found.years.items(), reverse=True)
    said = {
        "grade": good[-1],
        "n": sum(counts.get(grade, 0) for grade in good),
        "of": sum(counts.get(grade, 0) for grade in found.grades),
        "year": last,
    }
    if not earlier:
        return _("{n} of {of} units rated for {year} hold {grade} or better", **said)
    before, counted = earlier[0]
    return _(
        "{n} of {of} units rated for {year} hold {grade} or better; for {before} it was {was}",
        before=before,
        was=sum(counted.get(grade, 0) for grade in good),
        **said,
    )


def _moved(counted: Mapping[str, int]) -> str:
    """Return a title with the numbers of units that rose and fell."""
    if not any(counted.values()):
        return _("Moves")
    return _("{up} units rose, {down} fell", up=counted["UP"], down=counted["DOWN"])


def _choose(grade: str) -> None:
    address.put_of_page("grade", grade)


def _moves(view: View, ratings: Ratings) -> None:
    words = _words(ratings)
    order = {grade: place for place, grade in enumerate(words)}
    ways_counted = {"UP": 0, "SAME": 0, "DOWN": 0, "NEW": 0}
    rows = []
    for (before, now), count in ratings.moves.items():
        if now == UNRATED:
            continue
        way = _way(before, now, order)
        ways_counted[way] += count
        rows.append(
            {
                "code": now,
                "before": words.get(before, before),
                "before_place": order.get(before, len(order)),
                "now": words.get(now, now),
                "now_place": order.get(now, len(order)),
                "way": way,
                "value": count,
            }
        )
    draw(
        charts.rating_matrix,
        rows,
        key="ratings-moves",
        title=_moved(ways_counted),
        says=_(
            "number of units by the rating before (rows) and the latest (columns): {up} up,"
            " {same} the same, {down} down, {new} rated for the first time",
            up=ways_counted["UP"],
            same=ways_counted["SAME"],
            down=ways_counted["DOWN"],
            new=ways_counted["NEW"],
        ),
        hint=_("click to see the units now in the grade"),
        on_choose=_choose,
        columns={"before": _("Grade before"), "now": _("Grade now"), "value": _("Units")},
        empty=_("No unit is rated so far."),
        texts={
            "UP": _("Up"),
            "SAME": _("The same"),
            "DOWN": _("Down"),
            "NEW": _("First rating"),
            "before": _("Rating before"),
            "now": _("Latest rating"),
        },
    )


def _way(before: str, now: str, order: dict[str, int]) -> str:
    if before == UNRATED:
        return "NEW"
    if before == now:
        return "SAME"
    return "UP" if order.get(now, 0) < order.get(before, 0) else "DOWN"


def _units(view: View, ratings: Ratings) -> None:
    readings = reads.figures_of(view.scope)
    words = _words(ratings)
    choices = {"ALL": _("All grades")}
    for grade, word in words.items():
        reading = readings.get(f"rating:{grade}")
        choices[grade] = f"{word} {formats.text(reading)}"
    chosen = asked.pick("grade", _("Grade"), choices)
    grade = "" if chosen == "ALL" else chosen
    listed = reads.ask(rated.ratings, view.scope, grade, SHOWN)
    if grade and not listed.units:
        heading(_("How each grade comes about"), words[grade])
        none_wanting(
            _("No unit stands in this grade on {day}.", day=view.as_of),
            _("Units of all grades ›"),
            "ratings-all",
            grade="ALL",
        )
        return
    heading(
        _("How each grade comes about"),
        _(
            "{n} of {all} units: vetoes first, then the lowest points, the unrated last; click one",
            n=len(listed.units),
            all=listed.total,
        ),
    )
    if not listed.units:
        st.caption(_("No unit stands in this grade on {day}.", day=view.as_of))
        return
    grades_table(listed.units, ratings, key="ratings-units")
    if grade in {bucket.id for bucket in reads.figure("rating").buckets}:
        ways.list_link(_("All units of this grade ›"), "rating", grade)


def grades_table(units: Sequence[RatedUnit], ratings: Ratings, *, key: str) -> None:
    """Draw units with their grade, its points, and what is missing for the next grade."""
    words = _words(ratings)
    number = st.column_config.NumberColumn(format="%.1f")
    table(
        {
            _("Unit"): [unit.name for unit in units],
            _("Grade"): [status.of_grade(unit.grade, words.get(unit.grade, "")) for unit in units],
            _("Rating before"): [_before(unit, words) for unit in units],
            _("Year"): [unit.year for unit in units],
            _("Base (of 60)"): [_points(unit, unit.base_points) for unit in units],
            _("Operation (of 40)"): [_points(unit, unit.operation_points) for unit in units],
            _("Points"): [_points(unit, unit.points) for unit in units],
            _("Veto"): [
                ledger_values.listed_name("vetoes", unit.veto) if unit.veto else None
                for unit in units
            ],
            _("Missing for the next grade"): [missing(unit) for unit in units],
            _("Rated on"): [unit.rated_on for unit in units],
        },
        key=key,
        says=_("How each grade comes about"),
        onward=lambda row: ways.unit_way(units[row].code),
        columns={
            _("Year"): st.column_config.NumberColumn(format="%d"),
            _("Base (of 60)"): number,
            _("Operation (of 40)"): number,
            _("Points"): number,
            _("Veto"): st.column_config.TextColumn(width="medium"),
            _("Missing for the next grade"): st.column_config.TextColumn(width="medium"),
        },
        first=AT_FIRST,
    )


def _before(unit: RatedUnit, words: dict[str, str]) -> str:
    order = {grade: place for place, grade in enumerate(words)}
    if unit.before == UNRATED:
        return NOTHING
    way = _way(unit.before, unit.grade, order)
    sign = {"UP": "↑", "DOWN": "↓"}.get(way, "→")
    return f"{words.get(unit.before, unit.before)} {sign}"


def _points(unit: RatedUnit, points: int) -> float | None:
    return None if unit.year is None else points / 100


def missing(unit: RatedUnit) -> str:
    """Return, in words, what a unit lacks for the next grade."""
    if unit.year is None:
        return _("not rated yet")
    if unit.veto:
        return _("lift the veto: the points give {grade}", grade=unit.by_points)
    if not unit.following:
        return _("the best grade")
    points = f"{rounded(unit.missing_points, 2):f}".rstrip("0").rstrip(".")
    return _("{points} points for {grade}", points=points, grade=unit.following)
