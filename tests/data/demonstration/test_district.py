"""What the demonstration holds: a believable district of placeholders, enough for every screen."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, Engine

from data.demonstration.book import Book
from data.demonstration.filling import SEED
from data.demonstration.size import Size
from data.demonstration.telling import whole_history
from data.figures.catalogue import FIGURES, catalogue
from data.figures.reading import NOTHING, Readings, read
from data.figures.units import lights, units
from data.findings.escalation import due_steps
from data.nodes import parse
from data.reference.lists import shipped
from data.scope import everything
from data.store.database import reading
from models.audit import CheckResult, ContentCheck, Project, Source
from models.disposal import Disposal, DisposalKind
from models.duty import Appointment, Duty
from models.fund import FundKind, FundProject
from models.grid import GridElement, Unit, UnitKind
from models.kinds import Day, OneOf
from models.ledger import Ledger
from models.mechanism import CrossReview, Rating
from models.rectification import Action, Finding, RectificationEvent, RectType, Severity, Step
from models.registry import LEDGERS
from models.report import Report, ReportKind, ReportScore
from models.rules.light import Light
from models.rules.work import task_state
from models.work import (
    KeyTask,
    Meeting,
    MeetingKind,
    TaskProgress,
    TaskState,
    Training,
    TrainingKind,
)
from tests.data.demonstration.pilot import TODAY


def on(connection: Connection, day: date) -> Readings:
    return read(connection, everything(parse("district"), day), catalogue(shipped()))


@pytest.fixture(scope="module")
def today(district: Engine) -> Readings:
    with reading(district) as connection:
        return on(connection, TODAY)


def test_thirty_units_stand_in_the_first_batch(book: Book) -> None:
    assert [row["pilot_batch"] for row in book.named(Unit)] == [1] * 30


def test_the_pilot_is_made_up_as_agreed(book: Book) -> None:
    kinds = Counter((row["kind"], row["sector"]) for row in book.named(Unit))
    assert kinds == {
        (UnitKind.AGENCY, "GOV"): 8,
        (UnitKind.SUBDISTRICT, "STREET"): 6,
        (UnitKind.INSTITUTION, "EDU"): 6,
        (UnitKind.INSTITUTION, "HEALTH"): 5,
        (UnitKind.SOE, "SOE"): 5,
    }


def test_every_subdistrict_has_a_unit(book: Book) -> None:
    there = {row["subdistrict"] for row in book.named(Unit)}
    assert there == set(shipped().codes["subdistricts"])


def test_people_are_plainly_nobody(book: Book) -> None:
    assert all(row["name"][1] == "某" for row in book.named(Appointment))


def test_findings_are_as_many_as_agreed(book: Book) -> None:
    assert len(book.sheets[Finding]) == 240


def test_types_of_findings_are_shared_out_52_30_18(book: Book) -> None:
    types = Counter(row["rect_type"] for row in book.named(Finding))
    shares = [round(100 * types[each] / 240) for each in RectType]
    assert shares == [52, 30, 18]


@pytest.mark.parametrize("ledger", LEDGERS, ids=[each.id() for each in LEDGERS])
def test_no_sheet_is_empty(book: Book, ledger: type[Ledger]) -> None:
    assert book.sheets[ledger]


@pytest.mark.parametrize(
    ("ledger", "column", "choices"),
    [
        (RectificationEvent, "action", Action),
        (Finding, "severity", Severity),
        (Project, "source", Source),
        (ContentCheck, "result", CheckResult),
        (FundProject, "kind", FundKind),
        (Disposal, "kind", DisposalKind),
        (Report, "kind", ReportKind),
        (Training, "kind", TrainingKind),
        (Meeting, "kind", MeetingKind),
    ],
)
def test_every_choice_occurs(
    book: Book, ledger: type[Ledger], column: str, choices: type[Action]
) -> None:
    assert {row[column] for row in book.named(ledger)} == set(choices)


def test_ledgers_have_no_other_choices_than_their_own(book: Book) -> None:
    for ledger in LEDGERS:
        for column in ledger.columns:
            if isinstance(column.kind, OneOf):
                met = {row[column.id] for row in book.named(ledger)} - {None}
                assert met <= set(column.kind.choices), f"{ledger.id()}.{column.id}"


def test_silent_units_have_reported_nothing(book: Book) -> None:
    heard = {row["unit"] for ledger in (GridElement, Appointment) for row in book.named(ledger)}
    heard |= {row["unit"] for row in book.named(Report) if row["submitted_on"]}
    heard |= {row["unit"] for row in book.named(Duty) if row["done_on"]}
    heard |= {row["unit"] for row in book.named(Finding)}
    assert len({row["code"] for row in book.named(Unit)} - heard) == 2


def test_there_are_ten_key_tasks(book: Book) -> None:
    assert [row["number"] for row in book.named(KeyTask)] == list(range(1, 11))


def test_there_are_eighteen_special_meetings_and_one_meeting_lies_ahead(book: Book) -> None:
    meetings = list(book.named(Meeting))
    assert sum(row["kind"] is MeetingKind.SPECIAL for row in meetings) == 18
    assert [row["kind"] for row in meetings if row["on_date"] > TODAY] == [MeetingKind.COMMITTEE]


def test_no_two_units_review_each_other_in_a_round(book: Book) -> None:
    pairs = {(row["round"], row["reviewer"], row["reviewed"]) for row in book.named(CrossReview)}
    assert not {(round_, b, a) for round_, a, b in pairs} & pairs


def test_a_late_report_loses_points_for_it(book: Book) -> None:
    late = {
        (row["unit"], row["year"], row["kind"], row["number"]): row["submitted_on"] > row["due_on"]
        for row in book.named(Report)
        if row["submitted_on"]
    }
    weights = shipped().rubric
    for row in book.named(ReportScore):
        if row["dimension"] == "TIMELY":
            full = row["points"] == 100 * weights[row["kind"]]["TIMELY"]
            assert full is not late[row["unit"], row["year"], row["kind"], row["number"]]


def test_nothing_has_happened_after_the_last_day_and_something_just_before(book: Book) -> None:
    happened = [
        row[column.id]
        for ledger in LEDGERS
        for column in ledger.columns
        if isinstance(column.kind, Day) and column.kind.happened
        for row in book.named(ledger)
        if row[column.id]
    ]
    assert TODAY - timedelta(3) <= max(happened) <= TODAY


def test_a_veto_stands_in_the_latest_ratings(book: Book) -> None:
    vetoes = [row["rated_on"] for row in book.named(Rating) if row["veto"]]
    assert vetoes == [max(row["rated_on"] for row in book.named(Rating))]


def test_every_step_of_escalation_waits_for_an_answer(today: Readings) -> None:
    assert all(today[f"escalations_open:{step}"].numerator for step in Step)


def test_findings_wait_for_a_reminder_a_supervision_letter_and_an_interview(
    district: Engine,
) -> None:
    with reading(district) as connection:
        due = due_steps(connection, everything(parse("district"), TODAY), 0).counted
    assert due[Step.REMINDER] and due[Step.SUPERVISION] and due[Step.INTERVIEW]


@pytest.mark.parametrize("figure", [each.id for each in FIGURES if not each.only_buckets])
def test_every_figure_has_something_in_it(today: Readings, figure: str) -> None:
    assert today[figure].text != NOTHING
    assert today[figure].numerator


@pytest.mark.parametrize("band", ["1-30", "31-90", "91-180", "181+"])
def test_findings_are_overdue_in_every_band(today: Readings, band: str) -> None:
    assert today[f"overdue:{band}"].numerator


@pytest.mark.parametrize("grade", ["5A", "4A", "3A", "2A", "1A", "0A", "UNRATED"])
def test_every_grade_is_given(today: Readings, grade: str) -> None:
    assert today[f"rating:{grade}"].numerator


def test_lights_call_for_action_at_few_units(connection: Connection) -> None:
    shown = lights(connection, everything(parse("district"), TODAY))
    assert 4 <= shown[Light.RED] <= 6
    assert 8 <= shown[Light.YELLOW] <= 10
    assert shown[Light.GREY] == 2
    assert shown[Light.GREEN] == 30 - shown[Light.RED] - shown[Light.YELLOW] - 2


@pytest.mark.parametrize("figure", ["grid_coverage", "report_quality", "rating_3a", "duty_rate"])
def test_the_district_has_become_better(
    connection: Connection, today: Readings, figure: str
) -> None:
    before = on(connection, TODAY - timedelta(2 * 365))[figure].exact
    now = today[figure].exact
    assert before is not None and now is not None and before < now


def test_coverage_grows_from_four_to_nine_in_ten(connection: Connection, today: Readings) -> None:
    early = on(connection, TODAY - timedelta(3 * 365 - 120))["grid_coverage"].exact
    assert early is not None and 0.35 <= early <= 0.5
    assert today["grid_coverage"].text == "90.0%"


def test_units_are_placeholders(connection: Connection) -> None:
    stems = ("区级机关", "街道办事处", "教育单位", "医疗单位", "区属国企")
    named = units(connection, everything(parse("district"), TODAY))
    assert all(unit.name.startswith(stems) for unit in named)


def test_the_same_seed_and_day_give_the_same_rows(book: Book) -> None:
    again = whole_history(TODAY, Size.PILOT, SEED, shipped())
    assert again.sheets == book.sheets


def test_another_seed_gives_another_history(book: Book) -> None:
    other = whole_history(TODAY, Size.PILOT, SEED + 1, shipped())
    assert other.sheets[RectificationEvent] != book.sheets[RectificationEvent]


def test_a_late_task_does_not_claim_to_be_on_plan(book: Book) -> None:
    tasks = {row["number"]: row for row in book.named(KeyTask)}
    notes: dict[TaskState, set[str]] = {}
    for told in book.named(TaskProgress):
        task = tasks[told["number"]]
        state = task_state(task["start_on"], task["due_on"], told["percent"], told["on_date"])
        notes.setdefault(state, set()).add(told["note"])
    assert notes[TaskState.LATE] and not notes[TaskState.LATE] & notes[TaskState.ONGOING]
