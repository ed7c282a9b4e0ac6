"""Rules of cross review, guidance, rating (0A to 5A) and performance assessment."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from models.days import Span, gaps, union, until_next, year_from
from models.grid import Unit
from models.mechanism import Assessment, CrossReview, Guidance, Rating
from models.rules.fact import Fact, origin
from models.rules.grid import membership

Grades = Sequence[tuple[int, str]]
"""(lowest points in hundredths, grade), the best first."""
WORST, UNRATED = "0A", "UNRATED"


def facts_of_review(review: CrossReview) -> Iterator[Fact]:
    """The facts of a cross review, which count for the reviewing unit that owes it."""
    at, window = origin(review.reviewer, review, CrossReview), year_from(review.due_on)
    yield from at.fact("cross_review_due", window)
    if review.completed_on:
        yield from at.fact("cross_review_done", window.and_(Span(review.completed_on)))


def facts_of_guidance(unit: Unit, visits: Iterable[Guidance]) -> Iterator[Fact]:
    """The facts of whether the unit was guided in the last year."""
    at, member = origin(unit.code, unit, Unit), membership(unit)
    guided = union(year_from(visit.on_date) for visit in visits)
    yield from at.facts("guided", (span.and_(member) for span in guided))


def grade_of(rating: Rating, grades: Grades) -> str:
    """The grade of `rating`: 0A with a veto, else the highest grade whose points it reaches."""
    if rating.veto:
        return WORST
    points = points_of(rating)
    return next((grade for lowest, grade in grades if points >= lowest), WORST)


def points_of(rating: Rating) -> int:
    """The sum of base and operation points, in hundredths."""
    return rating.base_points + rating.operation_points


def to_next_grade(rating: Rating, grades: Grades) -> tuple[str, int] | None:
    """The next higher grade by points, and the hundredths of points missing for it.

    None if the best grade is reached. A veto is ignored: no points make up for it.
    """
    points = points_of(rating)
    above = [(lowest, grade) for lowest, grade in grades if lowest > points]
    if not above:
        return None
    lowest, grade = min(above)
    return grade, lowest - points


def latest_two(ratings: Iterable[Rating], day: date) -> tuple[Rating | None, Rating | None]:
    """The rating in force on `day`, and the one before it."""
    known = sorted((rating for rating in ratings if rating.rated_on <= day), key=_rated)
    now = known[-1] if known else None
    return now, known[-2] if len(known) > 1 else None


def in_force(ratings: Iterable[Rating]) -> list[tuple[Span, Rating]]:
    """Each rating with the days on which it is the latest; of one day, that of the later year."""
    by_day: dict[date, Rating] = {}
    for rating in sorted(ratings, key=_rated):
        by_day[rating.rated_on] = rating
    return [(span, by_day[span.starts_on]) for span in until_next(sorted(by_day))]


def _rated(rating: Rating) -> tuple[date, int]:
    return rating.rated_on, rating.year


def facts_of_ratings(unit: Unit, ratings: Sequence[Rating], grades: Grades) -> Iterator[Fact]:
    """The unit's grade on each day of its membership; the measure `rated` omits days without
    one."""
    member, current = membership(unit), in_force(ratings)
    for span, rating in current:
        at, grade = origin(unit.code, rating, Rating), grade_of(rating, grades)
        for measure in ("rated", "rating"):
            yield from at.fact(measure, span.and_(member), 1, grade)
    unrated = gaps((span for span, _ in current), member)
    yield from origin(unit.code, unit, Unit).facts("rating", unrated, 1, UNRATED)


def facts_of_assessments(unit: Unit, rows: Sequence[Assessment]) -> Iterator[Fact]:
    """The points of the latest assessed year, in buckets by full points, so that means are
    exact."""
    at, member = origin(unit.code, unit, Unit), membership(unit)
    for span in until_next(sorted({row.assessed_on for row in rows})):
        known = [row for row in rows if row.assessed_on <= span.starts_on]
        latest_year = max(row.year for row in known)
        counted = [row for row in known if row.year == latest_year]
        full = sum(row.full_points for row in counted)
        points = sum(row.points for row in counted)
        yield from at.fact("assessment", span.and_(member), points, f"full={full}")
