"""The four reports, counted independently."""

from datetime import date
from fractions import Fraction
from itertools import combinations

from tests.oracle import forms
from tests.oracle.district import District, Row, by, in_last_year
from tests.oracle.forms import Form

KINDS = ("PLAN", "AUDIT_REPORT", "RECT_REPORT", "SUMMARY")
BANDS = {"EXCELLENT": 90, "GOOD": 80, "FAIR": 70, "PASS": 60, "FAIL": 0}


def figures(district: District, day: date, units: set[str]) -> dict[str, Form]:
    reports = district.of(units, "reports")
    found: dict[str, Form] = {
        "reports_late": forms.count(report for report in reports if late(report, day))
    }
    for kind in ("", *KINDS):
        of_kind = [report for report in reports if kind in ("", report["kind"])]
        due = [report for report in of_kind if in_last_year(report["due_on"], day)]
        submitted = [report for report in due if by(report["submitted_on"], day)]
        timely = [report for report in submitted if report["submitted_on"] <= report["due_on"]]
        scores = [
            points
            for report in of_kind
            if in_last_year(report["submitted_on"], day)
            and (points := score(district, report, day)) is not None
        ]
        suffix = f":{kind}" if kind else ""
        found[f"report_submission{suffix}"] = forms.share(len(submitted), len(due))
        found[f"report_timeliness{suffix}"] = forms.share(len(timely), len(due))
        found[f"report_quality{suffix}"] = forms.points_mean(scores)
        if not kind:
            bands = [_band(points) for points in scores]
            for band in BANDS:
                found[f"report_grade:{band}"] = forms.number(bands.count(band))
    return found


def late(report: Row, day: date) -> bool:
    return report["due_on"] < day and not by(report["submitted_on"], day)


def score(district: District, report: Row, day: date) -> Fraction | None:
    """The score of the report on `day`; None if it has none."""
    key = {column: report[column] for column in ("unit", "year", "kind", "number")}
    given = [row for row in district.where("report_scores", **key) if row["scored_on"] <= day]
    dimensions = {
        row["dimension"] for row in district.lists["rubric"] if row["kind"] == report["kind"]
    }
    totals = []
    for reviewer in {row["reviewer"] for row in given}:
        own = {row["dimension"]: row["points"] for row in given if row["reviewer"] == reviewer}
        if dimensions and dimensions <= own.keys():
            totals.append(Fraction(sum(own[each] for each in dimensions), 100))
    if len(totals) < 2:
        return totals[0] if totals else None
    pairs = [(one, other) for one, other in combinations(totals, 2)]
    closest = min(abs(one - other) for one, other in pairs)
    return max((one + other) / 2 for one, other in pairs if abs(one - other) == closest)


def _band(points: Fraction) -> str:
    return next(band for band, lowest in BANDS.items() if points >= lowest)
