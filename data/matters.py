"""Matters that need a decision, selected by fixed rules, the gravest first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import zip_longest
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select
from sqlmodel import col

from data.figures.open_warnings import OpenWarning, open_warnings
from data.figures.overdue_findings import OverdueFinding, extensions, longest_overdue
from data.figures.reading import alive, facts_of_scope, money_label
from data.figures.rows import within
from data.figures.units import shows
from data.scope import Scope
from data.store.ordering import by_bytes
from models.fund import FundProject
from models.grid import Unit
from models.kept import KeptFact
from models.mechanism import Rating
from models.rectification import Finding, Severity
from models.rules.light import Light
from models.rules.rectification import day_number
from models.rules.work import task_state
from models.text import N_, Sentence, sentence
from models.work import KeyTask, TaskProgress, TaskState

T = TypeVar("T")
Rule = Callable[["_Asked"], Iterator["Matter"]]
OF_EACH = 5
"""The number of matters that each rule yields at most, the gravest first."""

MAJOR_OVERDUE = N_("Major finding: {title}")
MAJOR_OVERDUE_RULE = N_("A major finding overdue by more than 180 days goes to the committee.")
SAME_KIND = N_("The same kind of finding in {units} units: {category}")
SAME_KIND_HERE = N_("The same kind of finding in several units, {units} of them here: {category}")
SAME_KIND_RULE = N_(
    "Findings of one kind in three or more units within 12 months are a red warning, rectified or"
    " not."
)
BEYOND = N_("Overspent funds: {project}")
BEYOND_RULE = N_("Spent more than disbursed, or disbursed more than approved.")
INSTRUCTED = N_("With leaders' instructions: {title}")
INSTRUCTED_RULE = N_("A finding with leaders' instructions is overdue.")
NO_GRADE = N_("Internal control rated 0A")
NO_GRADE_RULE = N_("The latest rating is 0A or fell under a veto.")
HELP = N_("Task {number} asks for co-ordination: {task}")
HELP_RULE = N_("The latest progress of a key task asks the leaders for co-ordination.")
IDLE = N_("{amount} idle: {project}")
IDLE_RULE = N_("Money disbursed 90 days ago or earlier and not yet spent, the largest sum.")
MOVED = N_("{title} (limit moved {times} times)")
MOVED_RULE = N_("A finding is overdue although its time limit was moved twice or more.")
SILENT = N_("Nothing has come in so far")
SILENT_RULE = N_("A unit in the grid has reported nothing; missing data are not counted as normal.")


LEDGERS = (Finding.id(), FundProject.id(), Rating.id(), KeyTask.id())
"""The ledgers whose rows can be matters: without rows of one, nothing is known of its matters."""


class About(StrEnum):
    """The kind of thing that a matter is about; it decides which screen opens."""

    FINDING = "FINDING"
    CATEGORY = "CATEGORY"
    PROJECT = "PROJECT"
    TASK = "TASK"
    UNIT = "UNIT"


@dataclass(frozen=True, slots=True)
class Matter:
    """Something to be decided: its light, its text, the rule that selected it, and whom it
    concerns.

    `subject` identifies the thing of kind `about`: the code of a finding, unit or project, a
    category of findings, or the number of a task. `days` is how long it is overdue. `task` is the
    state of the task that the matter is about, `lead` the body that leads it; None and "" for other
    matters. `due_on` is the last day of such a task; None for other matters.
    """

    light: Light
    what: Sentence
    rule: str
    about: About
    subject: str
    unit: str = ""
    unit_name: str = ""
    days: int = 0
    task: TaskState | None = None
    lead: str = ""
    due_on: date | None = None


class _Asked:
    """What the rules are asked about, and what several of them read."""

    def __init__(self, connection: Connection, scope: Scope) -> None:
        self.connection, self.scope = connection, scope

    @cached_property
    def overdue(self) -> dict[str, list[OverdueFinding]]:
        """By rule, the longest overdue of the findings that it selects."""
        return longest_overdue(self.connection, self.scope, _overdue_rules(self.scope), OF_EACH)

    @cached_property
    def warned(self) -> tuple[OpenWarning, ...]:
        """The open warnings of the rules for findings of one kind and money beyond limits."""
        return open_warnings(self.connection, self.scope)

    def of_finding(
        self, light: Light, what: Sentence, rule: str, finding: OverdueFinding
    ) -> Matter:
        """The matter of an overdue finding."""
        days = day_number(self.scope.as_of) - finding.due
        about = About.FINDING
        return Matter(
            light, what, rule, about, finding.code, finding.unit, finding.unit_name, days=days
        )


def matters(connection: Connection, scope: Scope, most: int = 5) -> tuple[Matter, ...]:
    """At most `most` matters of `scope`; each subject once, under the gravest rule that selects it.

    First the gravest matter of each rule, in the order of the rules, then the second of each, and
    so on. The last place is kept for a task that asks the leaders for co-ordination, if there is
    one.
    """
    asked = _Asked(connection, scope)
    by_rule = {rule: list(rule(asked)) for rule in RULES}
    ordered = list(_each_subject_once(by_rule))
    return first_of(ordered, most, lambda matter: matter.rule)


def first_of(ordered: Sequence[T], most: int, rule_of: Callable[[T], str]) -> tuple[T, ...]:
    """The first `most` of what is `ordered` like matters, with the last place kept as there."""
    shown = ordered[:most]
    asks = next((each for each in ordered if rule_of(each) == HELP_RULE), None)
    if asks is not None and asks not in shown and most > 1:
        shown = [*shown[:-1], asks]
    return tuple(shown)


def units_named(connection: Connection, scope: Scope, matter: Matter) -> tuple[str, ...]:
    """The names of the units of `scope` that a matter concerns; empty for the district's own."""
    if matter.about is not About.CATEGORY:
        return (matter.unit_name,) if matter.unit_name else ()
    wanted = (
        select(col(Unit.name), col(Unit.code))
        .join(KeptFact, col(Unit.code) == col(KeptFact.unit))
        .join(Finding, col(Finding.code) == col(KeptFact.key))
        .where(
            col(KeptFact.measure) == "warning_open",
            within("rule=W18"),
            col(Finding.category) == matter.subject,
            alive(scope.as_of),
            facts_of_scope(scope),
        )
        .group_by(col(Unit.code), col(Unit.name))
        .order_by(by_bytes(Unit.code))
    )
    return tuple(row.name for row in connection.execute(wanted))


def _each_subject_once(by_rule: Mapping[Rule, list[Matter]]) -> Iterator[Matter]:
    named: set[tuple[About, str]] = set()
    left: list[list[Matter]] = []
    for matters_of_rule in by_rule.values():
        own = [matter for matter in matters_of_rule if (matter.about, matter.subject) not in named]
        named |= {(matter.about, matter.subject) for matter in own}
        left.append(own)
    for round_ in zip_longest(*left):
        yield from (matter for matter in round_ if matter is not None)


def _overdue_rules(scope: Scope) -> dict[str, ColumnElement[bool]]:
    """By rule, the condition for the overdue findings that it selects."""
    return {
        MAJOR_OVERDUE_RULE: and_(within("181+"), within(f"severity={Severity.MAJOR}")),
        INSTRUCTED_RULE: col(Finding.instructed).is_(True),
        MOVED_RULE: extensions(scope) > 1,
    }


def _major_overdue(asked: _Asked) -> Iterator[Matter]:
    for finding in asked.overdue[MAJOR_OVERDUE_RULE]:
        what = sentence(MAJOR_OVERDUE, title=finding.title)
        yield asked.of_finding(Light.RED, what, MAJOR_OVERDUE_RULE, finding)


def _same_kind(asked: _Asked) -> Iterator[Matter]:
    units_by_category: dict[str, set[str]] = {}
    for each in asked.warned:
        if each.same_kind and each.finding:
            units_by_category.setdefault(each.category or "", set()).add(each.unit)
    most_first = sorted(units_by_category.items(), key=lambda each: (-len(each[1]), each[0]))
    for category, units in most_first[:OF_EACH]:
        what = sentence(
            SAME_KIND if asked.scope.whole_district else SAME_KIND_HERE,
            units=len(units),
            category=category,
        )
        yield Matter(Light.RED, what, SAME_KIND_RULE, About.CATEGORY, category)


def _beyond(asked: _Asked) -> Iterator[Matter]:
    projects = sorted(
        (each.since, each.project, each.project_name, each.unit, each.unit_name)
        for each in asked.warned
        if not each.same_kind and each.project and each.project_name and each.unit_name is not None
    )
    for _since, code, project, unit, name in projects[:OF_EACH]:
        what = sentence(BEYOND, project=project)
        yield Matter(Light.RED, what, BEYOND_RULE, About.PROJECT, code, unit, name)


def _instructed(asked: _Asked) -> Iterator[Matter]:
    for finding in asked.overdue[INSTRUCTED_RULE]:
        what = sentence(INSTRUCTED, title=finding.title)
        yield asked.of_finding(Light.RED, what, INSTRUCTED_RULE, finding)


def _no_grade(asked: _Asked) -> Iterator[Matter]:
    connection, scope = asked.connection, asked.scope
    wanted = (
        select(col(Unit.code), col(Unit.name))
        .join(KeptFact, col(Unit.code) == col(KeptFact.unit))
        .where(
            col(KeptFact.measure) == "rated",
            col(KeptFact.bucket) == "0A",
            col(KeptFact.ledger) == Rating.id(),
            alive(scope.as_of),
            facts_of_scope(scope),
        )
        .order_by(col(KeptFact.starts_on), by_bytes(Unit.code))
        .limit(OF_EACH)
    )
    for unit, name in connection.execute(wanted):
        yield Matter(Light.RED, sentence(NO_GRADE), NO_GRADE_RULE, About.UNIT, unit, unit, name)


def _help(asked: _Asked) -> Iterator[Matter]:
    connection, scope = asked.connection, asked.scope
    if not scope.whole_district:
        return
    latest = (
        select(col(TaskProgress.number), func.max(col(TaskProgress.on_date)).label("on_date"))
        .where(col(TaskProgress.on_date) <= scope.as_of)
        .group_by(col(TaskProgress.number))
        .subquery()
    )
    wanted = (
        select(
            col(KeyTask.number),
            col(KeyTask.name),
            col(KeyTask.start_on),
            col(KeyTask.due_on),
            col(KeyTask.lead),
            col(TaskProgress.percent),
        )
        .join(TaskProgress, col(TaskProgress.number) == col(KeyTask.number))
        .join(
            latest,
            and_(
                latest.c.number == col(TaskProgress.number),
                latest.c.on_date == col(TaskProgress.on_date),
            ),
        )
        .where(col(TaskProgress.needs_help).is_(True), col(TaskProgress.percent) < 100)
        .order_by(col(KeyTask.due_on), col(KeyTask.number))
        .limit(OF_EACH)
    )
    for number, task, start_on, due_on, lead, percent in connection.execute(wanted):
        state = task_state(start_on, due_on, percent, scope.as_of)
        late = state is TaskState.LATE
        yield Matter(
            Light.RED if late else Light.YELLOW,
            sentence(HELP, number=number, task=task),
            HELP_RULE,
            About.TASK,
            str(number),
            days=(scope.as_of - due_on).days if late else 0,
            task=state,
            lead=lead,
            due_on=due_on,
        )


def _idle(asked: _Asked) -> Iterator[Matter]:
    connection, scope = asked.connection, asked.scope
    wanted: Select[str, str, str, str, int] = (
        select(
            col(FundProject.code),
            col(FundProject.name),
            col(Unit.code),
            col(Unit.name).label("unit_name"),
            col(KeptFact.value),
        )
        .join(KeptFact, col(FundProject.code) == col(KeptFact.key))
        .join(Unit, col(Unit.code) == col(KeptFact.unit))
        .where(col(KeptFact.measure) == "fund_idle", alive(scope.as_of), facts_of_scope(scope))
        .order_by(col(KeptFact.value).desc(), by_bytes(FundProject.code))
        .limit(OF_EACH)
    )
    for code, project, unit, name, amount in connection.execute(wanted):
        what = sentence(IDLE, amount=money_label(amount), project=project)
        yield Matter(Light.YELLOW, what, IDLE_RULE, About.PROJECT, code, unit, name)


def _moved(asked: _Asked) -> Iterator[Matter]:
    for finding in asked.overdue[MOVED_RULE]:
        what = sentence(MOVED, times=finding.extended, title=finding.title)
        yield asked.of_finding(Light.YELLOW, what, MOVED_RULE, finding)


def _silent(asked: _Asked) -> Iterator[Matter]:
    connection, scope = asked.connection, asked.scope
    wanted = (
        select(col(Unit.code), col(Unit.name))
        .join(KeptFact, col(Unit.code) == col(KeptFact.unit))
        .where(shows(Light.GREY, scope))
        .order_by(col(Unit.enrolled_on), by_bytes(Unit.code))
        .limit(OF_EACH)
    )
    for unit, name in connection.execute(wanted):
        yield Matter(Light.GREY, sentence(SILENT), SILENT_RULE, About.UNIT, unit, unit, name)


RULES: tuple[Rule, ...] = (
    _major_overdue,
    _same_kind,
    _beyond,
    _instructed,
    _no_grade,
    _help,
    _idle,
    _moved,
    _silent,
)
"""The rules, the gravest first."""
