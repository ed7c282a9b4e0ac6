"""Map the columns of a sheet to ours; ask about unclear ones and leave others out."""

from dataclasses import dataclass, field

from data.own_ledgers.forms.form import Form
from data.own_ledgers.forms.subjects import NOT_KEPT, SERIAL, SUBJECTS
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
from models.registry import BY_ID
from models.text import N_, Label, Sentence, sentence

WHICH_COLUMN = N_("Which column is “{theirs}”?")
DO_NOT_KEEP = sentence(N_("do not keep it"))
HELPING: dict[str, Label] = {
    "major": Label("是否重大问题", "Major or not"),
    "training_kind": Label("培训类别", "Kind of training"),
    "unit_below": Label("下属单位", "Unit below"),
    "project_name": Label("审计项目", "Audit project"),
    "source": Label("审计类别", "Kind of audit"),
    "code_as_written": Label("原编号", "Number as written"),
    "text": Label("问题描述", "Description"),
    "rectified": Label("已整改金额", "Amount rectified"),
    "rectified_now": Label("本月整改金额", "Amount rectified this month"),
    "limit": Label("整改期限", "Time limit"),
    "new_limit": Label("延期至", "Extended to"),
    "progress": Label("整改措施和进展", "Measures and progress"),
    "state": Label("整改状态", "State"),
    "closure": Label("销号情况", "Closure"),
    "done_on": Label("完成时间", "Day of completion"),
    "closed_on": Label("销号时间", "Day of closure"),
    "rules_built": Label("建章立制", "Rules built"),
    "persons_handled": Label("处理人数", "Persons handled"),
    "transferred": Label("是否移送", "Handed over or not"),
    "repeated": Label("屡审屡犯", "Found before"),
    "remark": Label("备注", "Remark"),
    "submitted": Label("是否报送", "Submitted or not"),
    "due_count": Label("应报份数", "Number due"),
    "submitted_count": Label("已报份数", "Number submitted"),
    "short_name": Label("简称", "Short name"),
    "former_name": Label("曾用名", "Former name"),
    "sector_name": Label("主管部门", "Competent department"),
    "institution": Label("内审机构", "Internal audit body"),
    "institution_on": Label("内审机构设立日期", "Day the internal audit body was set up"),
    "position": Label("职务", "Position"),
    "post": Label("单位职务", "Post in the unit"),
    "person": Label("姓名", "Person"),
    "expected": Label("应到人数", "Expected"),
    "training_name": Label("培训名称", "Training"),
    "on_date": Label("培训日期", "Day of the training"),
    "hours": Label("学时", "Hours"),
    "disbursed": Label("已拨付", "Disbursed so far"),
    "spent": Label("已支出", "Spent so far"),
    "disbursed_now": Label("本月拨付", "Disbursed this month"),
    "spent_now": Label("本月支出", "Spent this month"),
}


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


def label(subject: str, column: str) -> Label:
    """The name of one of our columns."""
    for each in BY_ID[subject].columns:
        if each.id == column:
            return each.label
    return HELPING.get(column, Label(column, column))


def every_column(form: Form) -> tuple[Proposal, ...]:
    """All columns that a column of the sheet can be mapped to by `form`, beyond the likeliest."""
    subject = SUBJECTS[form.subject]
    return tuple(Proposal(each, label(subject.ledger, each)) for each in subject.targets)


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
    made = Plan()
    matched: list[tuple[Heading, Match]] = []
    unknown: list[Heading] = []
    ticked = ticked_words(
        headings, {each: cells_below(grid, header, each.at) for each in header.headings}
    )
    for heading in header.headings:
        match = headings.find(heading.pieces)
        if heading in ticked:
            continue
        if match is None:
            unknown.append(heading)
        else:
            matched.append((heading, match))
    units_beside = _units_beside(grid, header)
    matched = [each for each in matched if each[0].at not in units_beside]
    unknown = [each for each in unknown if each.at not in units_beside]
    matched = states_and_reports(grid, header, matched, headings)
    chosen = _chosen(matched, headings)
    swap_meanings(matched, chosen, headings)
    settle_texts(grid, header, matched, chosen)
    leave_out_periods(chosen)
    if unit_known:
        leave_out_offices(header, chosen)
    add_months(grid, header, headings, ticked, chosen)
    add_by_words(grid, header, headings, ticked, chosen)
    taken = {chosen[at].column for at in chosen} | ({"unit"} if unit_known else set())
    before = frozenset(taken)
    lacks = bool(headings.subject.missing(before))
    if lacks:
        # A column left out only because of a pattern may be the missing one: 主要问题及定性.
        unknown += [heading for heading, match in matched if _set_aside_by_pattern(match)]
    filled = [each for each in unknown if filled_below(grid, header, each.at)]
    missing = headings.subject.missing(before)
    likely = {each.at for each in filled if headings.is_like_one_of(each.pieces, missing)}
    found_all = len(likely) >= len(missing)
    for heading in sorted(filled, key=lambda each: each.at):
        if heading.at in chosen:
            continue
        set_aside = (found := headings.find(heading.pieces)) is not None and found.by_pattern
        # If some columns are likely the missing ones, do not ask about the others.
        other = set_aside or (bool(likely) and found_all and heading.at not in likely)
        if (not lacks or other) and not headings.is_like_any(heading.pieces, before):
            continue
        answer = _asked(grid, header, heading, headings, form, taken, questions, made)
        if answer:
            chosen[heading.at] = Match(answer, 0)
    for heading in header.headings:
        if heading.at in units_beside:
            made.units_beside.append(heading.at)
            continue
        if heading in ticked:
            column, word = ticked[heading]
            made.columns.append(Planned(heading.at, heading.theirs, column, "", None, word))
            continue
        match = chosen.get(heading.at)
        if match is not None:
            match = by_content(
                cells_below(grid, header, heading.at),
                match,
                headings.phrases,
                taken,
                headings.subject.targets,
            )
        if match is None:
            made.not_kept.append(
                ColumnNotKept(heading.theirs, filled_below(grid, header, heading.at))
            )
        elif match.column == SERIAL and made.serial is None:
            made.serial = heading.at
        elif match.column == SERIAL:
            made.not_kept.append(
                ColumnNotKept(heading.theirs, filled_below(grid, header, heading.at))
            )
        else:
            unit = _unit_by_form(form, heading) or money_unit(heading.pieces)
            made.columns.append(
                Planned(heading.at, heading.theirs, match.column, match.group, unit)
            )
    _latest_month_first(made)
    return made


def _latest_month_first(made: Plan) -> None:
    """Order several columns of states so that the last month comes first."""
    states = [each for each in made.columns if each.column == "state" and not each.ticked]
    if len(states) > 1:
        rest = [each for each in made.columns if each not in states]
        made.columns = [*rest, *sorted(states, key=lambda each: -each.at)]


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


def _asked(
    grid: Grid,
    header: Header,
    heading: Heading,
    headings: Headings,
    form: Form,
    taken: set[str],
    questions: Questions,
    made: Plan,
) -> str | None:
    """Our column that the answer names for an unknown heading; None if the column is to be left
    out."""
    subject = headings.subject

    def proposals() -> list[Proposal]:
        likeliest = headings.likeliest(heading.pieces, taken)
        asked: list[Proposal] = [
            Proposal(each, Sentence("{column}", {"column": label(subject.ledger, each)}))
            for each in likeliest
        ]
        return [*asked, Proposal(LEAVE_OUT, DO_NOT_KEEP)]

    id_, answer = questions.ask(
        QuestionKind.COLUMN,
        (form.name, "/".join(map(normal, heading.pieces))),
        sheet=grid.sheet,
        value=heading.theirs,
        row=header.rows[-1],
        proposals=proposals,
        asks=sentence(WHICH_COLUMN, theirs=heading.theirs),
        column=heading.theirs,
        keep_as="form",
        keep=("columns", heading.theirs),
    )
    if answer is None:
        made.open.append(id_)
        return None
    answer = answer.rpartition(".")[2]
    if answer == LEAVE_OUT:
        return None
    if answer not in subject.targets and answer != SERIAL:
        questions.refuse(id_)
        made.open.append(id_)
        return None
    taken.add(answer)
    return answer


def _unit_by_form(form: Form, heading: Heading) -> str | None:
    known = {normal(theirs): unit for theirs, unit in form.money_units.items()}
    for text in (heading.theirs, heading.pieces[-1]):
        if known.get(normal(text)) in IN_WAN:
            return known[normal(text)]
    return None
