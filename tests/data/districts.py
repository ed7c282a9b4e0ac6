"""Small random districts full of edge cases: same days, whole years, limits just met."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from data.reference.lists import References, shipped
from data.workbook.rows import Content
from models.kinds import EARLIEST, LATEST
from models.registry import BY_ID
from tests.data.contents import DEFAULTS, workbook
from tests.oracle import District

Row = dict[str, Any]
Rows = dict[str, list[Row]]
UNITS = ("U1", "U2", "U3", "U4")
REVIEWERS = ("V1", "V2", "V3", "V4")
STEPS = (0, 0, 1, 2, 14, 15, 16, 29, 30, 31, 44, 45, 46, 59, 60, 61)
LEAPS = (*STEPS, 89, 90, 91, 99, 100, 101, 180, 181, 182, 364, 365, 366)
STARTS = (
    date(2024, 2, 28),
    date(2025, 10, 15),
    date(2025, 12, 1),
    date(2025, 12, 31),
    EARLIEST,
    date(2098, 12, 1),
    date(2099, 11, 30),
)


def few(examples: int) -> settings:
    """Settings for `examples` examples that each need a database."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
    plain = [phase for phase in Phase if phase is not Phase.explain]
    return settings(max_examples=examples, suppress_health_check=slow, phases=plain)


def on_the_scale(day: date) -> date:
    """`day`, moved into the range of days that can be stored."""
    return min(max(day, EARLIEST), LATEST)


def full(ledger: str, row: Row) -> Row:
    """`row` with a value in every column, because an empty cell empties the stored one."""
    empty = {column.id: column.default for column in BY_ID[ledger].columns}
    return empty | DEFAULTS[ledger] | row


def filled(rows: Rows) -> Rows:
    return {ledger: [full(ledger, row) for row in found] for ledger, found in rows.items()}


def content(rows: Rows) -> Content:
    return workbook(**{ledger: rows[ledger] for ledger in BY_ID if rows.get(ledger)})


def district_of(rows: Rows) -> District:
    return District(rows, shipped().lists)


class Draw:
    """Draws days and choices from a start on, with days in order where they must be."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.start: date = draw(st.sampled_from(STARTS))

    def of(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def whole(self, low: int, high: int) -> int:
        return self.draw(st.integers(low, high))

    def often(self) -> bool:
        return bool(self.of(True, True, True, False))

    def seldom(self) -> bool:
        return bool(self.of(False, False, False, True))

    def day(self) -> date:
        """Any day from the start on."""
        return self.after(self.start, LEAPS)

    def after(self, day: date, steps: Sequence[int] = LEAPS) -> date:
        """`day`, or one after it."""
        return on_the_scale(day + timedelta(self.of(*steps)))

    def perhaps(self, day: date, steps: Sequence[int] = LEAPS) -> date | None:
        """A day from `day` on, or None."""
        return self.after(day, steps) if self.often() else None

    def end(self, day: date) -> date | None:
        """A day after `day`, or None."""
        if self.of(True, False) or day == LATEST:
            return None
        return on_the_scale(max(self.after(day), day + timedelta(1)))

    def unit(self) -> str:
        return str(self.of(*UNITS))

    def each(self, most: int) -> Iterable[int]:
        return range(self.whole(0, most))


def units(draw: Draw) -> Rows:
    rows = []
    for unit in UNITS:
        enrolled_on = draw.after(draw.start, (0, 0, 0, 30, 365))
        rows.append(
            {
                "code": unit,
                "kind": draw.of("AGENCY", "SOE"),
                "sector": draw.of("EDU", "HEALTH"),
                "subdistrict": draw.of(None, "120104001"),
                "pilot_batch": draw.of(None, 1, 2),
                "enrolled_on": enrolled_on,
                "withdrawn_on": draw.end(enrolled_on) if draw.seldom() else None,
            }
        )
    return {"sectors": [{}, {"code": "HEALTH"}], "units": rows}


def people(draw: Draw) -> Rows:
    """Grid elements, appointments, institutions, duties."""
    rows: Rows = {"grid_elements": [], "appointments": [], "institutions": [], "duties": []}
    for unit in UNITS[:2]:
        elements = ["GRID", "DUTIES", "TASKS", "MECHANISMS"] if draw.often() else ["GRID"]
        for element in [*elements, *(["GRID"] if draw.seldom() else [])]:
            met_on = draw.after(draw.start, STEPS)
            rows["grid_elements"].append(
                {"unit": unit, "element": element, "met_on": met_on, "lapsed_on": draw.end(met_on)}
            )
        group = ["LEADER", "DISCIPLINE", "PERSONNEL", "FINANCE", "AUDIT"] if draw.often() else []
        for role in ["PRINCIPAL", "AUDITOR", *(f"GROUP_{each}" for each in group)]:
            from_on = draw.after(draw.start, STEPS)
            rows["appointments"].append(
                {"unit": unit, "role": role, "from_on": from_on, "until_on": draw.end(from_on)}
            )
    for at in draw.each(4):
        from_on = draw.day()
        rows["appointments"].append(
            {
                "unit": draw.unit(),
                "name": f"总{at}",
                "role": "CHIEF_AUDITOR",
                "from_on": from_on,
                "until_on": draw.end(from_on),
            }
        )
    for _ in draw.each(4):
        from_on = draw.day()
        rows["institutions"].append(
            {
                "unit": draw.unit(),
                "form": draw.of("INDEPENDENT", "JOINT"),
                "from_on": from_on,
                "until_on": draw.end(from_on),
            }
        )
    for _ in draw.each(6):
        due_on = draw.day()
        rows["duties"].append(
            {
                "unit": draw.unit(),
                "item": draw.of("P1", "P2", "P2", "A1"),
                "due_on": due_on,
                "done_on": on_the_scale(due_on + timedelta(draw.of(-366, -1, 0, 1, 100)))
                if draw.often()
                else None,
            }
        )
    return rows


def reports(draw: Draw) -> Rows:
    """Reports and the scores of up to four reviewers, close to each other."""
    rows: Rows = {"reports": [], "report_scores": []}
    rows["units"] = [{"code": each, "sector": "HEALTH", "kind": "AGENCY"} for each in REVIEWERS]
    for number in draw.each(4):
        due_on = draw.day()
        submitted_on = (
            on_the_scale(due_on + timedelta(draw.of(-1, 0, 1, 30))) if draw.often() else None
        )
        report = {
            "unit": draw.unit(),
            "year": 2025,
            "kind": draw.of("PLAN", "PLAN", "SUMMARY"),
            "number": number + 1,
        }
        rows["reports"].append(report | {"due_on": due_on, "submitted_on": submitted_on})
        if submitted_on:
            for reviewer in REVIEWERS[: draw.whole(0, 4)]:
                rows["report_scores"] += scores(draw, report | {"reviewer": reviewer}, submitted_on)
    return rows


def scores(draw: Draw, report: Row, since: date) -> Iterable[Row]:
    """The scores by one reviewer, usually of all dimensions, one perhaps on a later day."""
    weights = shipped().rubric[report["kind"]]
    tenths, scored_on = draw.of(6, 7, 8, 9, 10), draw.after(since, STEPS)
    last, late = list(weights)[-1], draw.after(scored_on, (0, 0, 1, 30))
    less = draw.of(0, 0, 10, 20)
    for dimension, weight in weights.items():
        if dimension == last and draw.seldom():
            continue
        points = weight * 10 * tenths - (less if dimension == last else 0)
        yield report | {
            "dimension": dimension,
            "points": points,
            "scored_on": late if dimension == last else scored_on,
        }


FOLLOWS = {
    "RECTIFYING": {
        "PROGRESS": "RECTIFYING",
        "EXTEND": "RECTIFYING",
        "TRANSFER": "RECTIFYING",
        "SUBMIT": "REVIEWING",
        "CLOSE": "CLOSED",
        "SUSPEND": "SUSPENDED",
        "VOID": "VOIDED",
    },
    "REVIEWING": {
        "TRANSFER": "REVIEWING",
        "RETURN": "RECTIFYING",
        "CLOSE": "CLOSED",
        "VOID": "VOIDED",
    },
    "SUSPENDED": {"TRANSFER": "SUSPENDED", "RESUME": "RECTIFYING", "VOID": "VOIDED"},
    "CLOSED": {"TRANSFER": "CLOSED", "REOPEN": "RECTIFYING"},
    "VOIDED": {},
}


def findings(draw: Draw) -> Rows:
    """Findings of all units, some of one category, with valid histories and letters."""
    rows: Rows = {"projects": [], "findings": [], "rectification_events": [], "escalations": []}
    for at, source in enumerate(["STATE", "CROSS", "OTHER"]):
        rows["projects"].append({"code": f"Q{at}", "unit": draw.unit(), "source": source})
    for at in draw.each(6):
        issued_on, unit = draw.day(), draw.unit()
        earlier = [
            each["code"]
            for each in rows["findings"]
            if each["unit"] == unit and each["issued_on"] < issued_on
        ]
        code = f"F{at}"
        rows["findings"].append(
            {
                "code": code,
                "unit": unit,
                "project": draw.of(None, "Q0", "Q1", "Q2"),
                "category": draw.of("采购", "采购", "采购", "合同", None),
                "severity": draw.of("ORDINARY", "IMPORTANT", "MAJOR"),
                "rect_type": draw.of("IMMEDIATE", "PHASED", "CONTINUOUS"),
                "amount": draw.of(None, 0, 1, 500_000, 9_999_999_999),
                "issued_on": issued_on,
                "due_on": draw.after(issued_on),
                "repeat_of": draw.of(None, *earlier),
            }
        )
        rows["rectification_events"] += history(draw, code, issued_on)
        for step in ("REMINDER", "COMMITTEE")[: draw.whole(0, 2)]:
            on = draw.after(issued_on)
            letter = {"finding": code, "step": step, "issued_on": on}
            rows["escalations"].append(letter | {"replied_on": draw.perhaps(on)})
    return rows


def history(draw: Draw, finding: str, since: date) -> list[Row]:
    state, day, events = "RECTIFYING", since, []
    for number in range(draw.whole(0, 7)):
        if not FOLLOWS[state]:
            break
        action = draw.of(*FOLLOWS[state])
        state = FOLLOWS[state][action]
        if action == "VOID" and draw.often():
            break
        day = draw.after(day, LEAPS if action == "REOPEN" else STEPS)
        new_due_on = None
        if action in ("EXTEND", "REOPEN") or action == "RESUME" and draw.of(True, False):
            new_due_on = draw.after(day)
        events.append(
            {
                "finding": finding,
                "on_date": day,
                "number": number + 1,
                "action": action,
                "new_due_on": new_due_on,
                "amount": draw.of(None, 0, 1, 499_999, 500_000, 9_999_999_999),
                "rules_built": draw.of(None, 0, 2),
                "persons_handled": draw.of(None, 1),
            }
        )
    return events


def audit(draw: Draw) -> Rows:
    """Projects, checks of two items, cross reviews, guidance."""
    rows: Rows = {"projects": [], "content_checks": [], "cross_reviews": [], "guidance": []}
    for at in draw.each(6):
        planned_on = draw.day()
        started_on = draw.perhaps(planned_on, STEPS)
        code, unit = f"P{at}", draw.of("U1", "U1", "U2")
        rows["projects"].append(
            {
                "code": code,
                "unit": unit,
                "source": draw.of("SELF_CHECK", "CROSS", "STATE"),
                "planned_on": planned_on,
                "started_on": started_on,
                "completed_on": draw.perhaps(started_on) if started_on else None,
            }
        )
        for item in ("FS01", "KA7"):
            rows["content_checks"].append(
                {
                    "project": code,
                    "item": item,
                    "result": draw.of("PROBLEM", "NORMAL", "NORMAL", "NOT_APPLICABLE"),
                    "checked_on": draw.after(draw.start, (0, 0, 1, 364, 365, 366)),
                }
            )
    for at in draw.each(3):
        due_on = draw.day()
        rows["cross_reviews"].append(
            {
                "round": f"R{at}",
                "reviewer": draw.of("U1", "U2"),
                "reviewed": "U3",
                "due_on": due_on,
                "completed_on": draw.perhaps(draw.start),
            }
        )
    for at in draw.each(3):
        rows["guidance"].append({"unit": draw.unit(), "on_date": draw.day(), "topic": f"题{at}"})
    return rows


def ratings(draw: Draw) -> Rows:
    """Ratings near the limits of the grades, and assessments of several years."""
    rows: Rows = {"ratings": [], "assessments": []}
    for unit in UNITS[:2]:
        for year in range(2020, 2020 + draw.whole(0, 4)):
            base = draw.of(6000, 5500)
            rows["ratings"].append(
                {
                    "unit": unit,
                    "year": year,
                    "base_points": base,
                    "operation_points": draw.of(9500, 9499, 9000, 8000, 7999, 7000, 6000, 5999)
                    - base,
                    "veto": draw.of(None, None, None, "V1"),
                    "rated_on": draw.after(draw.start, (0, 0, 1, 30, 365)),
                }
            )
            rows["assessments"].append(
                {
                    "unit": unit,
                    "year": draw.of(2020, 2021),
                    "indicator": f"指标{year}",
                    "full_points": draw.of(700, 1100, 3000),
                    "points": draw.of(0, 333, 700),
                    "assessed_on": draw.day(),
                }
            )
    return rows


def work(draw: Draw) -> Rows:
    """Tasks with progress, trainings, meetings and decisions."""
    rows: Rows = {"trainings": [], "attendance": [], "meetings": [], "decisions": []}
    rows |= {"key_tasks": [], "task_progress": []}
    for number in range(1, draw.whole(1, 4)):
        start_on = draw.day()
        rows["key_tasks"].append(
            {"number": number, "start_on": start_on, "due_on": draw.after(start_on)}
        )
        for day in {draw.day() for _ in draw.each(3)}:
            percent = draw.of(0, 50, 99, 100)
            rows["task_progress"].append({"number": number, "on_date": day, "percent": percent})
    for at in draw.each(3):
        rows["trainings"].append({"code": f"T{at}", "on_date": draw.day()})
        for unit in UNITS[: draw.whole(0, 3)]:
            people = draw.of(0, 1, 7)
            rows["attendance"].append({"training": f"T{at}", "unit": unit, "people": people})
    for at in draw.each(3):
        kind = draw.of("COMMITTEE", "SPECIAL", "STUDY")
        rows["meetings"].append({"code": f"M{at}", "kind": kind, "on_date": draw.day()})
        for number in range(draw.whole(0, 2)):
            decision = {"meeting": f"M{at}", "number": number + 1, "unit": draw.of(None, "U1")}
            due_on, done_on = draw.day(), draw.perhaps(draw.start)
            rows["decisions"].append(decision | {"due_on": due_on, "done_on": done_on})
    return rows


def funds(draw: Draw) -> Rows:
    """Fund projects whose flows just meet or miss the limits."""
    rows: Rows = {"fund_projects": [], "fund_flows": []}
    for at in draw.each(4):
        approved_on = draw.day()
        rows["fund_projects"].append(
            {
                "code": f"B{at}",
                "unit": draw.unit(),
                "kind": draw.of("NEW_BOND", "TWO_NEW", "OTHER"),
                "approved": draw.of(0, 1000, 1000, 10_000_000_000),
                "approved_on": approved_on,
            }
        )
        new_year = date(approved_on.year + 1, 1, 1)
        for number in draw.each(6):
            on = draw.after(approved_on)
            if draw.seldom():
                on = on_the_scale(max(approved_on, new_year - timedelta(draw.of(0, 1, 31, 32))))
            rows["fund_flows"].append(
                {
                    "project": f"B{at}",
                    "on_date": on,
                    "stage": draw.of("DISBURSED", "SPENT"),
                    "number": number + 1,
                    "amount": draw.of(0, 1, 30, 60, 70, 140, 299, 300, 700, 1000),
                }
            )
    return rows


def signals(draw: Draw) -> Rows:
    """Disposals, and warnings from the units' own systems."""
    rows: Rows = {"disposals": [], "warnings": []}
    for at in draw.each(4):
        found_on = draw.day()
        done_on = draw.perhaps(found_on)
        rows["disposals"].append(
            {
                "code": f"D{at}",
                "unit": draw.unit(),
                "kind": draw.of("SHELL", "IDLE_POST", "IDLE_POST", "IDLE_ASSET"),
                "quantity": draw.whole(1, 9),
                "found_on": found_on,
                "due_on": draw.day(),
                "done_on": done_on,
                "method": "REVITALISE" if done_on else None,
                "recovered": draw.of(None, 0, 12_345_678),
            }
        )
    for at in draw.each(4):
        raised_on, verdict = draw.day(), draw.of(None, "TRUE", "FALSE")
        rows["warnings"].append(
            {
                "code": f"W{at}",
                "unit": draw.unit(),
                "level": draw.of("RED", "YELLOW"),
                "raised_on": raised_on,
                "verdict": verdict,
                "verified_on": draw.after(raised_on) if verdict else None,
                "closed_on": draw.perhaps(raised_on),
            }
        )
    return rows


SUBJECTS: dict[str, Callable[[Draw], Rows]] = {
    each.__name__: each
    for each in (people, reports, findings, audit, ratings, work, funds, signals)
}


def holders(draw: Draw) -> Rows:
    """Principals and auditors that follow each other in a unit, overlap, or leave a gap."""
    rows = []
    for unit in UNITS[:3]:
        for role in ("PRINCIPAL", "AUDITOR"):
            from_on = draw.start
            for name in ("张三", "李四", "张三")[: draw.whole(0, 3)]:
                from_on = draw.after(from_on)
                held = {"from_on": from_on, "until_on": draw.end(from_on)}
                rows.append({"unit": unit, "name": name, "role": role, **held})
    return {"appointments": rows}


MORE_SUBJECTS = {"holders": holders}
"""Subjects on which no figure depends that does not depend on one of `SUBJECTS`."""


@st.composite
def districts(draw: st.DrawFn, *subjects: str) -> Rows:
    """Units and the rows of `subjects`; every cell has a value, and keys are unique."""
    drawing = Draw(draw)
    rows = units(drawing)
    for subject in subjects:
        for ledger, found in (SUBJECTS | MORE_SUBJECTS)[subject](drawing).items():
            rows[ledger] = [*rows.get(ledger, []), *found]
    return once({ledger: [full(ledger, row) for row in found] for ledger, found in rows.items()})


def once(rows: Rows) -> Rows:
    """The rows without those whose key occurred before."""
    kept: Rows = {}
    for ledger, found in rows.items():
        keys = [each.id for each in BY_ID[ledger].key_columns()]
        kept[ledger] = list({tuple(row[key] for key in keys): row for row in found}.values())
    return kept


def days_of(rows: Rows) -> list[date]:
    """Every day in the rows."""
    return sorted(
        {
            value
            for found in rows.values()
            for row in found
            for value in row.values()
            if isinstance(value, date)
        }
    )


@st.composite
def days(draw: st.DrawFn, rows: Rows) -> date:
    """A day on which a figure of `rows` may change, or the first or last possible day."""
    turns = st.sampled_from([*days_of(rows), EARLIEST, LATEST])
    beside = st.sampled_from(
        [-1, 0, 0, 1, 15, 16, 31, 46, 60, 61, 90, 101, 181, 364, 365, 366, 729, 730]
    )
    return on_the_scale(draw(turns) + timedelta(draw(beside)))


THRESHOLDS = {
    "W01": (0, 1, 30),
    "W02": (0, 1, 60),
    "W08": (0, 50),
    "W15": (0, 10),
    "W18": (2, 4),
    "W19": (0, 10),
    "W20": (1, 5),
    "W21": (0, 1, 10),
}
LIGHT_THRESHOLDS = {"OVERDUE": (0, 1, 14, 45), "RATING": (0, 2, 5), "ELEMENTS": (0, 1, 3, 4)}


@st.composite
def other_lists(draw: st.DrawFn) -> References:
    """Reference lists that an administrator may use instead of the shipped ones."""
    lists = {name: [dict(row) for row in rows] for name, rows in shipped().lists.items()}
    for rule in lists["warning_rules"]:
        rule["level"] = draw(st.sampled_from(["RED", "YELLOW"]))
        if rule["source"] == "COMPUTED":
            rule["on"] = draw(st.sampled_from(["1", "1", "0"]))
        if rule["code"] in THRESHOLDS:
            rule["threshold"] = str(draw(st.sampled_from(THRESHOLDS[rule["code"]])))
    for item in lists["duty_items"]:
        item["weight"] = str(draw(st.integers(0, 100)))
    for name in ("content_items", "rubric"):
        lists[name] = [row for row in lists[name] if draw(st.sampled_from([True, True, False]))]
    for rule in lists["light_rules"]:
        rule["threshold"] = str(draw(st.sampled_from(LIGHT_THRESHOLDS[rule["code"]])))
    lowest = sorted(draw(st.sets(st.integers(1, 100), min_size=5, max_size=5)), reverse=True)
    for grade, points in zip(lists["rating_grades"], [*lowest, 0], strict=True):
        grade["lowest_points"] = str(points)
    return References({name: tuple(rows) for name, rows in lists.items()})
