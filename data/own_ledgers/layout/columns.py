"""Map the columns of a sheet to ours; ask about unclear ones and leave others out."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from data.own_ledgers.forms.form import Form
from data.own_ledgers.forms.subjects import NOT_KEPT, SERIAL
from data.own_ledgers.layout.column_labels import label
from data.own_ledgers.layout.content import by_content, ticked_words
from data.own_ledgers.layout.files import Grid
from data.own_ledgers.layout.header import Header, Heading
from data.own_ledgers.layout.headings import (
    Headings,
    Match,
    money_unit,
    normal,
)
from data.own_ledgers.layout.unclear_headings import (
    add_by_words,
    add_months,
    cells_below,
    filled_below,
    leave_out_offices,
    leave_out_periods,
    settle_texts,
    states_and_reports,
    swap_meanings,
)
from data.own_ledgers.words.money import IN_WAN
from data.own_ledgers.words.questions import LEAVE_OUT, Questions
from data.own_ledgers.words.stated import ColumnNotKept, ColumnRead, Proposal, QuestionKind
from data.own_ledgers.words.written import plain
from models.text import N_, Sentence, sentence

WHICH_COLUMN = N_("Which column is “{theirs}”?")
DO_NOT_KEEP = sentence(N_("do not keep it"))


@dataclass(frozen=True, slots=True)
class Planned:
    """A column to read: its position, its heading, and our column."""

    at: int
    theirs: str
    column: str
    group: str
    money_unit: str | None
    ticked: str = ""
    """What a tick in a cell says, where the heading is a word of its own: 已整改."""


@dataclass(slots=True)
class Plan:
    """The columns of a sheet. `open` are those whose question is not answered yet."""

    serial: int | None = None
    columns: list[Planned] = field(default_factory=list)
    not_kept: list[ColumnNotKept] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    units_beside: list[int] = field(default_factory=list)
    """The columns that hold the unit of money of the amount to their left."""

    def read(self, ledger: str) -> tuple[ColumnRead, ...]:
        """The mapping of columns, for the report."""
        return tuple(ColumnRead(each.theirs, ledger, each.column) for each in self.columns)


def plan(
    grid: Grid,
    header: Header,
    headings: Headings,
    form: Form,
    questions: Questions,
    *,
    unit_known: bool = False,
) -> Plan:
    """Decide about every column with a heading. With `unit_known` the whole sheet is about one
    unit, so a unit column is not needed."""
    sheet = _HeadedSheet(grid, header, headings, form)
    ticked = ticked_words(
        headings, {each: cells_below(grid, header, each.at) for each in header.headings}
    )
    units_beside = _units_beside(grid, header)
    matched, unknown = _matched(
        headings,
        [each for each in header.headings if each not in ticked and each.at not in units_beside],
    )
    matched = states_and_reports(grid, header, matched, headings)
    chosen = _chosen(matched, headings)
    swap_meanings(matched, chosen, headings)
    settle_texts(grid, header, matched, chosen)
    leave_out_periods(chosen)
    if unit_known:
        leave_out_offices(header, chosen)
    add_months(grid, header, headings, ticked, chosen)
    add_by_words(grid, header, headings, ticked, chosen)
    taken = {match.column for match in chosen.values()} | ({"unit"} if unit_known else set())
    open_questions: list[str] = []
    for heading in _to_ask_about(sheet, matched, unknown, chosen, taken):
        answer = _answer_about(sheet, heading, taken, questions, open_questions)
        if answer:
            chosen[heading.at] = Match(answer, 0)
    planned = _planned(sheet, ticked, units_beside, chosen, taken)
    planned.open = open_questions
    return planned


@dataclass(frozen=True, slots=True)
class _HeadedSheet:
    """A sheet with its header, the headings of its subject, and the form that it is read by."""

    grid: Grid
    header: Header
    headings: Headings
    form: Form

    def not_kept(self, heading: Heading) -> ColumnNotKept:
        """The column of `heading` as one that is not read."""
        return ColumnNotKept(heading.theirs, filled_below(self.grid, self.header, heading.at))


def _matched(
    headings: Headings, candidates: Iterable[Heading]
) -> tuple[list[tuple[Heading, Match]], list[Heading]]:
    """Those of `candidates` that name a column of ours, with it, and those that name none."""
    matched: list[tuple[Heading, Match]] = []
    unknown: list[Heading] = []
    for heading in candidates:
        match = headings.find(heading.pieces)
        if match is None:
            unknown.append(heading)
        else:
            matched.append((heading, match))
    return matched, unknown


def _to_ask_about(
    sheet: _HeadedSheet,
    matched: Iterable[tuple[Heading, Match]],
    unknown: Sequence[Heading],
    chosen: Mapping[int, Match],
    taken: Iterable[str],
) -> Iterator[Heading]:
    """The filled columns without one of ours to ask about, in the order of the sheet.

    While required columns are missing, those that are likely one of them, or all if these are too
    few; besides, those with a heading like a column of ours that is not `taken`.
    """
    headings = sheet.headings
    found_by_name = frozenset(taken)
    missing = headings.subject.missing(found_by_name)
    candidates = list(unknown)
    if missing:
        # A column left out only because of a pattern may be the missing one: 主要问题及定性.
        candidates += [heading for heading, match in matched if _set_aside_by_pattern(match)]
    filled = [each for each in candidates if filled_below(sheet.grid, sheet.header, each.at)]
    likely = {each.at for each in filled if headings.is_like_one_of(each.pieces, missing)}
    enough = bool(likely) and len(likely) >= len(missing)
    for heading in sorted(filled, key=lambda each: each.at):
        if heading.at in chosen:
            continue
        match = headings.find(heading.pieces)
        set_aside = match is not None and match.by_pattern
        # If some columns are likely the missing ones, do not ask about the others.
        is_other = set_aside or (enough and heading.at not in likely)
        may_be_missing = bool(missing) and not is_other
        if may_be_missing or headings.is_like_any(heading.pieces, found_by_name):
            yield heading


def _planned(
    sheet: _HeadedSheet,
    ticked: Mapping[Heading, tuple[str, str]],
    units_beside: Collection[int],
    chosen: Mapping[int, Match],
    taken: set[str],
) -> Plan:
    """The plan by what was decided: columns of ticks, units of money, and those `chosen`."""
    plan = Plan()
    for heading in sheet.header.headings:
        if heading.at in units_beside:
            plan.units_beside.append(heading.at)
            continue
        if heading in ticked:
            column, word = ticked[heading]
            plan.columns.append(Planned(heading.at, heading.theirs, column, "", None, word))
            continue
        match = chosen.get(heading.at)
        if match is not None:
            match = by_content(
                cells_below(sheet.grid, sheet.header, heading.at),
                match,
                sheet.headings.phrases,
                taken,
                sheet.headings.subject.targets,
            )
        if match is None:
            plan.not_kept.append(sheet.not_kept(heading))
        elif match.column == SERIAL and plan.serial is None:
            plan.serial = heading.at
        elif match.column == SERIAL:
            plan.not_kept.append(sheet.not_kept(heading))
        else:
            unit = _unit_by_form(sheet.form, heading) or money_unit(heading.pieces)
            plan.columns.append(
                Planned(heading.at, heading.theirs, match.column, match.group, unit)
            )
    _latest_month_first(plan)
    return plan


def _latest_month_first(plan: Plan) -> None:
    """Order several columns of states so that the last month comes first."""
    states = [each for each in plan.columns if each.column == "state" and not each.ticked]
    if len(states) > 1:
        others = [each for each in plan.columns if each not in states]
        plan.columns = [*others, *sorted(states, key=lambda each: -each.at)]


def _units_beside(grid: Grid, header: Header) -> dict[int, Heading]:
    """The columns 单位 or 金额单位 that contain only 万元 or 元, by position."""
    found = {}
    for heading in header.headings:
        cells = {plain(each) for each in cells_below(grid, header, heading.at)}
        if cells and cells <= set(IN_WAN):
            found[heading.at] = heading
    return found


def _set_aside_by_pattern(match: Match) -> bool:
    return match.column == NOT_KEPT and match.by_pattern


def _chosen(matched: list[tuple[Heading, Match]], headings: Headings) -> dict[int, Match]:
    """The best-named column for each of ours, where several could be it."""
    best: dict[tuple[str, str], tuple[int, int]] = {}
    for heading, match in matched:
        key = match.column, match.group
        if key not in best or match.rank < best[key][0]:
            best[key] = match.rank, heading.at
    chosen = {}
    for heading, match in matched:
        if match.column == NOT_KEPT:
            continue
        target = headings.subject.targets.get(match.column)
        several = target is not None and target.several
        if several or best[match.column, match.group][1] == heading.at:
            chosen[heading.at] = match
    return chosen


def _answer_about(
    sheet: _HeadedSheet,
    heading: Heading,
    taken: set[str],
    questions: Questions,
    open_questions: list[str],
) -> str | None:
    """Our column that the answer names for an unknown heading; None if the column is left out.

    The column is added to `taken`; a question without a valid answer is added to `open_questions`.
    """
    subject = sheet.headings.subject

    def proposals() -> list[Proposal]:
        likeliest = sheet.headings.likeliest(heading.pieces, taken)
        proposed: list[Proposal] = [
            Proposal(each, Sentence("{column}", {"column": label(subject.ledger, each)}))
            for each in likeliest
        ]
        return [*proposed, Proposal(LEAVE_OUT, DO_NOT_KEEP)]

    id_, answer = questions.ask(
        QuestionKind.COLUMN,
        (sheet.form.name, "/".join(map(normal, heading.pieces))),
        sheet=sheet.grid.sheet,
        value=heading.theirs,
        row=sheet.header.rows[-1],
        proposals=proposals,
        asks=sentence(WHICH_COLUMN, theirs=heading.theirs),
        column=heading.theirs,
        keep_as="form",
        keep=("columns", heading.theirs),
    )
    if answer is None:
        open_questions.append(id_)
        return None
    column = answer.rpartition(".")[2]
    if column == LEAVE_OUT:
        return None
    if column not in subject.targets and column != SERIAL:
        questions.refuse(id_)
        open_questions.append(id_)
        return None
    taken.add(column)
    return column


def _unit_by_form(form: Form, heading: Heading) -> str | None:
    """The unit of money that the form gives for a heading; None if it gives none."""
    units = {normal(theirs): unit for theirs, unit in form.money_units.items()}
    for text in (heading.theirs, heading.pieces[-1]):
        if units.get(normal(text)) in IN_WAN:
            return units[normal(text)]
    return None
