"""The whole history of a demonstration, written subject by subject."""

from datetime import date

from data.demonstration import findings, mechanisms, money, net, projects, reports, work
from data.demonstration.book import Book
from data.demonstration.district import District
from data.demonstration.size import Size
from data.reference.lists import References


def whole_history(last_day: date, size: Size, seed: int, references: References) -> Book:
    """Every row of the district up to `last_day`: the same for the same seed and day."""
    district = District(last_day, size, seed, references)
    net.write(district)
    reports.write(district)
    made = projects.write(district)
    findings.write(district, made)
    projects.write_checks(district, made)
    mechanisms.write(district)
    work.write(district)
    money.write(district)
    return district.book
