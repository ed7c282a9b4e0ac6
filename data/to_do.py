"""What a department does about its units today: steps of escalation, answers, reports and data that
are missing."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from data import owed
from data.figures import units
from data.findings import escalation
from data.scope import Scope
from models.choice import Choice
from models.rectification import Step
from models.rules.light import Light


class ToDoKind(Choice):
    """What is to be done about a unit, the gravest first."""

    STEP = "STEP", "采取督办", "Press"
    ANSWER = "ANSWER", "催回复", "Ask for the reply"
    REPORT = "REPORT", "催交报告", "Ask for the report"
    FILE = "FILE", "催重报文件", "Ask for the file again"
    DATA = "DATA", "催报数据", "Ask for data"


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing to do about a unit.

    `about` is the title of a finding, the kind of a report as stored, or why a file was returned;
    "" for a silent unit. `days` are those past the limit, or since a step was issued that awaits
    its reply or a file was returned; of a silent unit those of the report that is late the longest,
    None without one. `left` are the days until the limit, which for a reply is its last day,
    negative past it, None without a limit. `step` is the step to take, or the step that awaits its
    reply.
    """

    kind: ToDoKind
    unit: str
    unit_name: str
    about: str = ""
    days: int | None = None
    since: date | None = None
    step: Step | None = None
    finding: str = ""
    last: Step | None = None
    last_on: date | None = None
    left: int | None = None


@dataclass(frozen=True, slots=True)
class ToDoList:
    """How many things of each kind are to be done, and the gravest of each kind."""

    counted: Mapping[ToDoKind, int]
    things: tuple[ToDo, ...]

    @property
    def total(self) -> int:
        """The number of all things to do."""
        return sum(self.counted.values())


def to_do(connection: Connection, scope: Scope, most: int) -> ToDoList:
    """What is to be done about the units of `scope` on its day; at most `most` of each kind.

    A finding and the letters about it are one matter: the step that is due leads, else the reply.
    """
    due_steps = escalation.due_steps(connection, scope, most)
    answers = tuple(_answers(connection, scope, due_steps.findings))
    reports = tuple(_reports(connection, scope))
    silent = tuple(_silent(connection, scope, reports))
    return ToDoList(
        {
            ToDoKind.STEP: sum(due_steps.counted.values()),
            ToDoKind.ANSWER: len(answers),
            ToDoKind.REPORT: len(reports),
            ToDoKind.DATA: len(silent),
        },
        (
            *(_step(due, scope.as_of) for due in due_steps.gravest),
            *answers[:most],
            *reports[:most],
            *silent[:most],
        ),
    )


def _step(due: escalation.Due, day: date) -> ToDo:
    return ToDo(
        ToDoKind.STEP,
        due.line.finding.unit,
        due.line.unit_name,
        due.line.finding.title,
        due.line.days_over(day),
        due.line.standing.due,
        due.step,
        due.line.finding.code,
        due.last,
        due.last_on,
        -due.line.days_over(day),
    )


def _answers(connection: Connection, scope: Scope, with_step: Collection[str]) -> Iterator[ToDo]:
    """The replies to ask for, the longest waiting first, but of findings `with_step`, for which a
    further step is due; of several letters about a finding, the one to the last."""
    of_finding = {
        letter.finding: letter
        for letter in escalation.letters(connection, scope)
        if letter.finding not in with_step
    }
    for letter in sorted(of_finding.values(), key=lambda each: (each.issued_on, each.finding)):
        yield ToDo(
            ToDoKind.ANSWER,
            letter.unit,
            letter.unit_name,
            letter.title,
            (scope.as_of - letter.issued_on).days,
            letter.issued_on,
            letter.step,
            letter.finding,
            left=(letter.reply_by - scope.as_of).days,
        )


def _reports(connection: Connection, scope: Scope) -> Iterator[ToDo]:
    late = owed.reports_owed(scope, until=scope.as_of - timedelta(1))
    for kind, _year, _number, due_on, unit, name in connection.execute(late):
        days = (scope.as_of - due_on).days
        yield ToDo(ToDoKind.REPORT, unit, name, kind, days, due_on, left=-days)


def _silent(connection: Connection, scope: Scope, late: Sequence[ToDo]) -> Iterator[ToDo]:
    """The silent units, the longest late first; each as late as the report of `late` that it owes
    the longest."""
    longest = {each.unit: each for each in reversed(late)}
    grey = [line for line in units.units(connection, scope) if line.light is Light.GREY]
    for line in sorted(grey, key=lambda each: -_days(longest.get(each.code))):
        first = longest.get(line.code)
        days, since = (first.days, first.since) if first else (None, None)
        left = None if days is None else -days
        yield ToDo(ToDoKind.DATA, line.code, line.name, days=days, since=since, left=left)


def _days(late: ToDo | None) -> int:
    return (late.days or 0) if late else 0
