"""Compare all rows of a stated file with what is stored: rows to enter, questions, refusals."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from data.ledgers.rows import fetch
from data.own_ledgers.entering.dated_rows import DatedRows
from data.own_ledgers.entering.finding_rows import FindingRows, KeptFindings
from data.own_ledgers.entering.fund_rows import FundRows
from data.own_ledgers.entering.likeness_apart import TooAlikeError
from data.own_ledgers.entering.missing_rows import missing_findings
from data.own_ledgers.entering.rows_to_enter import RowsToEnter
from data.own_ledgers.entering.stated_findings import enter_events
from data.own_ledgers.entering.taking_sheet import TakingSheet, UnitCodes, plain_values
from data.own_ledgers.entering.unit_rows import UnitRows
from data.own_ledgers.forms.subjects import SNAPSHOTS
from data.own_ledgers.layout.shifted import shift
from data.own_ledgers.memory import remembered
from data.own_ledgers.words import stated as own
from data.own_ledgers.words.stated import FileFault, Question, StatedFile, StatedRow, StatedSheet
from data.own_ledgers.words.written import plain
from models.grid import Unit, UnitName
from models.rectification import Finding
from models.text import N_, Label, sentence

COMPARED = ("unit", "project", "category", "amount", "limit", "issued_on")
"""What of a finding may have been pasted one row too low or too high."""
OLDER = N_(
    "This sheet tells of {as_of}, but one of {last} was taken in from {sender}. Take the earlier "
    "sheets in first; to take this one in, undo the later ones."
)
AHEAD = N_("This sheet tells of {as_of}, which lies after the day of the import, {day}.")
SHIFTED_DOWN = N_(
    "From row {row} on, “{columns}” stands one row lower than on the last sheet: each row has what "
    "belongs to the row above it. Put the columns side by side again."
)
SHIFTED_UP = N_(
    "From row {row} on, “{columns}” stands one row higher than on the last sheet: each row has "
    "what belongs to the row below it. Put the columns side by side again."
)
NAMES = {"project": Label("审计项目", "audit project"), "limit": Label("整改时限", "time limit")}


@dataclass(slots=True)
class Compared:
    """The result of comparing a file: its sheets, the rows to enter, and what stops them."""

    to_enter: RowsToEnter
    sheets: list[TakingSheet] = field(default_factory=list)
    rows: dict[str, list[StatedRow]] = field(default_factory=dict)
    faults: list[FileFault] = field(default_factory=list)

    def open(self) -> list[Question]:
        """The questions of the comparison that must be answered."""
        return _distinct(sheet.open for sheet in self.sheets)

    def optional(self) -> list[Question]:
        """The questions that may stay unanswered."""
        return _distinct(sheet.optional for sheet in self.sheets)

    def waiting(self) -> Iterator[tuple[TakingSheet, StatedRow]]:
        """The stated rows that cannot be entered until a question is answered."""
        for sheet in self.sheets:
            for row in self.rows[sheet.sheet]:
                if sheet.waits(row):
                    yield sheet, row


def _distinct(by_sheet: Iterable[Mapping[str, Question]]) -> list[Question]:
    """The questions of all sheets, each only once."""
    found: dict[str, Question] = {}
    for questions in by_sheet:
        for id_, question in questions.items():
            found.setdefault(id_, question)
    return list(found.values())


def compare(
    connection: Connection,
    stated: StatedFile,
    *,
    sender: str,
    day: date,
    answers: Mapping[str, str],
) -> Compared:
    """Compare a stated file with what is stored; nothing is written.

    `day` is that of the import; rows dated after it are refused. Sheets without a day of their own
    whose rows all have one count as of `day`.
    """
    compared = Compared(RowsToEnter(connection))
    by_sheet: dict[str, list[StatedRow]] = defaultdict(list)
    for row in stated.rows:
        by_sheet[row.sheet].append(row)
    units = UnitCodes(
        {plain(name): code for code, name in fetch(connection, Unit, ("code", "name"))}
    )
    for name, code in fetch(connection, UnitName, ("name", "unit")):
        units.by_name.setdefault(plain(name), code)
    takings = []
    for sheet in stated.sheets:
        taking = TakingSheet(
            connection,
            sender,
            sheet.form,
            sheet.sheet,
            sheet.as_of or day,
            answers,
            units,
            compared.to_enter,
            remembered.last_day(connection, sender, sheet.form),
            remembered.rows(connection, sender, sheet.form),
        )
        compared.rows[sheet.sheet] = by_sheet[sheet.sheet]
        compared.faults += _faults(taking, by_sheet[sheet.sheet], sheet, day)
        compared.sheets.append(taking)
        takings.append((taking, by_sheet[sheet.sheet]))
    if not compared.faults:
        kept_by_form: dict[str, list[tuple[TakingSheet, KeptFindings]]] = defaultdict(list)
        # Enter units first: the rows of the other sheets refer to them.
        for taking, rows in sorted(takings, key=lambda each: not _of(each[1], "units")):
            try:
                if kept := _enter(taking, rows):
                    kept_by_form[taking.form].append((taking, kept))
            except TooAlikeError as error:
                compared.faults.append(FileFault(taking.sheet, None, None, None, error.sentence))
        for of_form in kept_by_form.values():
            _enter_missing(of_form)
    return compared


def _enter_missing(compared: Sequence[tuple[TakingSheet, KeptFindings]]) -> None:
    """Ask what became of findings that no sheet of a form mentions any more."""
    mentioned = {key for taking, _ in compared for key in taking.keys.values()}
    mentioned |= {key for _, kept in compared for key in kept.met}
    taking, kept = max(compared, key=lambda each: each[0].as_of)
    place_of = StatedRow(taking.sheet, 1, "findings", {})
    for finding, outcome in missing_findings(taking, kept, mentioned):
        enter_events(taking, place_of, finding.code, outcome)


def _enter(taking: TakingSheet, rows: Sequence[StatedRow]) -> KeptFindings | None:
    """Add the rows of a sheet to those to enter; return its stored findings, if it has any."""
    units = UnitRows(taking)
    if stated := _of(rows, "units"):
        units.enter_units(stated)
    if stated := _of(rows, UnitName.id()):
        units.enter_names(stated)
    if stated := _of(rows, "institutions"):
        units.enter_institutions(stated)
    dated = DatedRows(taking)
    if stated := _of(rows, "reports"):
        dated.enter_reports(stated)
    if stated := _of(rows, "appointments"):
        dated.enter_appointments(stated)
    if (stated := _of(rows, "attendance")) or _of(rows, "trainings"):
        dated.enter_trainings(_of(rows, "trainings"), stated)
    if stated := _of(rows, "disposals"):
        dated.enter_disposals(stated)
    if stated := _of(rows, "fund_projects"):
        FundRows(taking, stated).enter()
    if stated := _of(rows, "findings"):
        return FindingRows(taking, stated).enter()
    return None


def _of(rows: Sequence[StatedRow], ledger: str) -> list[StatedRow]:
    return [row for row in rows if row.ledger == ledger]


def _faults(
    taking: TakingSheet, rows: Sequence[StatedRow], sheet: StatedSheet, day: date
) -> Iterator[FileFault]:
    said: dict[str, object] = {"as_of": taking.as_of.isoformat()}
    if taking.as_of > day:
        ahead = sentence(AHEAD, **said, day=day.isoformat())
        yield FileFault(sheet.sheet, None, None, None, ahead)
    elif taking.last and taking.last > taking.as_of and any(r.ledger in SNAPSHOTS for r in rows):
        said |= {"last": taking.last.isoformat(), "sender": taking.sender or "—"}
        yield FileFault(sheet.sheet, None, None, None, sentence(OLDER, **said))
    elif found := _shift(taking, rows):
        yield found


def _shift(taking: TakingSheet, rows: Sequence[StatedRow]) -> FileFault | None:
    before = [
        {**each.said, "row": each.place}
        for each in taking.remembered
        if each.ledger == "findings" and each.as_of == taking.last
    ]
    if not before:
        return None
    now = [_comparable(taking, row) for row in rows if row.ledger == "findings"]
    found = shift([_shortened(each) for each in before], now, COMPARED, text="title")
    if found is None:
        return None
    columns = "、".join(_column(each) for each in found.columns)
    message = SHIFTED_DOWN if found.by > 0 else SHIFTED_UP
    said = sentence(message, row=found.row, columns=columns)
    return FileFault(taking.sheet, found.row, columns, None, said)


def _comparable(taking: TakingSheet, row: StatedRow) -> dict[str, object]:
    """The values of `row` to compare with the last sheet, in the form in which they are
    remembered."""
    values = row.values
    limit = values.get(own.LIMIT)
    return {
        **plain_values(
            {
                "title": values.get("title"),
                "unit": taking.units.of(values.get("unit")),
                "project": values.get(own.PROJECT_NAME),
                "category": values.get("category"),
                "amount": values.get("amount"),
                "limit": limit.on if limit else None,
                "issued_on": values.get("issued_on"),
            }
        ),
        "row": row.row,
    }


def _shortened(said: Mapping[str, object]) -> dict[str, object]:
    """A remembered row with the amount of the finding in place of the amount put right."""
    return {**said, "amount": said.get("money")}


def _column(name: str) -> str:
    label = next((each.label for each in Finding.columns if each.id == name), None)
    return (label or NAMES[name]).zh
