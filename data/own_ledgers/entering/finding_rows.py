"""Match the findings of a sheet to stored ones, and turn the differences into rows to enter."""

from collections import defaultdict, namedtuple
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace
from typing import Any

from data.ledgers.rows import fetch_by, ids
from data.own_ledgers.entering.amounts_of_period import AmountsOfPeriod
from data.own_ledgers.entering.finding_questions import decide
from data.own_ledgers.entering.issued_codes import ONLY_A_NUMBER, IssuedCodes
from data.own_ledgers.entering.matching import Described, matched
from data.own_ledgers.entering.moved_findings import TAKEN_OVER, UNIT_CHANGES, Pair, whose
from data.own_ledgers.entering.project_rows import ProjectRows
from data.own_ledgers.entering.rows_to_enter import kept_form, place
from data.own_ledgers.entering.stated_findings import as_stated, due, enter_events, told_values
from data.own_ledgers.entering.taking_sheet import TakingSheet
from data.own_ledgers.words import stated as own
from data.own_ledgers.words.stated import Limit, Proposal, QuestionKind, StatedRow
from models.days import ONE_DAY
from models.rectification import Finding, RectificationEvent
from models.rules.snapshot import EarlierStatement, Outcome, happened, standing_on
from models.text import N_, sentence

NEW = "NEW"
SAME_FINDING = N_("“{title}” is like what is kept as {codes}. Is it the same finding?")
ANOTHER = sentence(N_("no, it is another one"))
SAME = N_("yes, {code}: {title}")
PLAIN_COLUMNS = ("title", "note", "category", "instructed", "item")
"""Columns that simply follow the sheet."""


@dataclass(frozen=True, slots=True)
class KeptFindings:
    """Stored findings that the sheet may mention, with their events; `met` are those it does
    mention."""

    findings: Mapping[str, Finding]
    events: Mapping[str, list[RectificationEvent]]
    met: frozenset[str] = frozenset()


class FindingRows:
    """Compares the findings of one sheet with the stored ones."""

    def __init__(self, taking: TakingSheet, rows: Sequence[StatedRow]) -> None:
        self.taking = taking
        self.rows = [row for row in rows if not row.questions]
        self.unit_of = {id(row): taking.units.of(row.values.get("unit")) for row in self.rows}
        self.rows = [row for row in self.rows if self.unit_of[id(row)]]
        self.stated_before = {
            each.key: EarlierStatement(each.as_of, told_values(each.said))
            for each in taking.remembered
            if each.ledger == "findings"
        }
        self.amounts = AmountsOfPeriod(taking, "findings")
        self.moved: dict[int, tuple[str, str]] = {}
        self.numbers = {
            each.key: str(each.said.get(own.CODE_AS_WRITTEN) or "") for each in taking.remembered
        }

    def enter(self) -> KeptFindings:
        """Add the findings and their events to the rows to enter."""
        kept = self._kept()
        units = sorted({*filter(None, self.unit_of.values())})
        audits = {each.project for each in kept.findings.values() if each.project}
        projects = ProjectRows(self.taking, units, audits)
        same = self._matches(kept, projects)
        new = [row for row in self.rows if id(row) not in same]
        standings = {
            at: standing_on(kept.findings[code], kept.events.get(code, []), self.taking.as_of)
            for at, code in same.items()
        }
        self.amounts.settle(
            own.RECTIFIED, self.rows, {at: each.rectified for at, each in standings.items()}
        )
        codes = IssuedCodes(kept.findings)
        days = projects.issue_days([row for row in new if not self.taking.waits(row)])
        for row in self.rows:
            if self.taking.waits(row):
                continue
            code = same.get(id(row))
            if code is None:
                self._enter_new(row, codes, projects, days)
            else:
                self._enter_kept(row, kept.findings[code], kept.events.get(code, []))
        return replace(kept, met=frozenset(same.values()))

    def _kept(self) -> KeptFindings:
        units = {code for code in self.unit_of.values() if code}
        findings = {each.code: each for each in self._fetch(Finding, "unit", units)}
        missing = {code for code in self.stated_before if code not in findings}
        findings |= {each.code: each for each in self._fetch(Finding, "code", missing)}
        events: dict[str, list[RectificationEvent]] = defaultdict(list)
        for event in self._fetch(RectificationEvent, "finding", set(findings)):
            events[event.finding].append(event)
        return KeptFindings(findings, events)

    def _fetch(self, ledger: Any, by: str, values: set[str]) -> Iterator[Any]:
        order = ids(ledger)
        # Plain rows: model objects take five times as long to make, and nothing here changes them.
        made = namedtuple(ledger.__name__, order)  # type: ignore[misc]
        for row in fetch_by(self.taking.connection, ledger, order, by, sorted(values)):
            yield made(*row)

    def _matches(self, kept: KeptFindings, projects: ProjectRows) -> dict[int, str]:
        """The code of the matching stored finding, by stated row."""
        described = {
            code: Described(
                each.unit,
                projects.name_of(each.project),
                each.title,
                each.category or "",
                self.numbers.get(code) or code,
            )
            for code, each in kept.findings.items()
        }
        stated = [self._described(row) for row in self.rows]
        found = matched(stated, described, self.stated_before)
        same = {id(self.rows[at]): code for at, code in found.same.items()}
        moved: dict[Pair, list[tuple[StatedRow, str]]] = defaultdict(list)
        taken = set(same.values())
        for at, codes in found.near.items():
            row = self.rows[at]
            now = self.unit_of[id(row)] or ""
            elsewhere = len(codes) == 1 and kept.findings[codes[0]].unit != now
            code = codes[0] if elsewhere else self._ask_same(row, codes, kept)
            if not code or code == NEW or code in taken:
                continue
            taken.add(code)
            before = kept.findings[code].unit
            if before == now:
                same[id(row)] = code
            else:
                moved[before, now].append((row, code))
        self.moved = whose(self.taking, moved, kept.findings)
        return same | {at: code for at, (code, _) in self.moved.items()}

    def _described(self, row: StatedRow) -> Described:
        values = row.values
        number = str(values.get(own.CODE_AS_WRITTEN) or "")
        return Described(
            self.unit_of[id(row)] or "",
            str(values.get(own.PROJECT_NAME) or ""),
            str(values.get("title") or ""),
            str(values.get("category") or ""),
            "" if ONLY_A_NUMBER.fullmatch(number) else number,
        )

    def _ask_same(self, row: StatedRow, codes: Sequence[str], kept: KeptFindings) -> str | None:
        title = str(row.values.get("title") or "")
        proposals = [
            Proposal(code, sentence(SAME, code=code, title=kept.findings[code].title))
            for code in codes
        ]
        return self.taking.ask(
            QuestionKind.MATCH,
            (self.unit_of[id(row)], title, *codes),
            [row],
            value=title,
            proposals=[*proposals, Proposal(NEW, ANOTHER)],
            asks=sentence(SAME_FINDING, title=title, codes="、".join(codes)),
        )

    def _enter_new(
        self,
        row: StatedRow,
        codes: IssuedCodes,
        projects: ProjectRows,
        days: Mapping[str, date],
    ) -> None:
        values, as_of = row.values, self.taking.as_of
        unit = self.unit_of[id(row)]
        assert unit is not None, "rows without a unit are left out before"
        limit = values.get(own.ORIGINAL_LIMIT) or values.get(own.LIMIT) or Limit()
        issued = values.get("issued_on")
        if issued is None:
            project = str(values.get(own.PROJECT_NAME) or "")
            issued = self._issued(limit, values, days.get(project, as_of))
        finding = {
            **kept_form(Finding, values),
            "unit": unit,
            "issued_on": issued,
            "due_on": due(limit, issued) or as_of,
        }
        finding["code"] = codes.adopt(values.get(own.CODE_AS_WRITTEN)) or codes.issue(
            unit, issued.year
        )
        finding["project"] = projects.code(row, unit, issued)
        whole: Any = SimpleNamespace(**{each: finding.get(each) for each in ids(Finding)})
        if self._compare(row, whole, [], guarded=False).doubts:
            return
        key = self.taking.to_enter.put("findings", place(row), finding)
        self.taking.to_enter.mark("findings", key, row, as_of)
        if "issued_on" not in values:
            self.taking.to_enter.marks["findings", key, "issued_on"] = (as_of, None)
        if words := row.words.get(own.LIMIT):
            self.taking.to_enter.marks["findings", key, "due_on"] = (as_of, words)

    def _issued(self, limit: Limit, values: Mapping[str, Any], known: date) -> date:
        """The day of issue to assume for a new finding whose sheet names none.

        It is not after its time limit nor, on the first sheet, after the day of its state; later
        sheets leave days unchanged that earlier ones stated.
        """
        as_of, last = self.taking.as_of, self.taking.last
        reached = (values.get(own.STATE_ON), values.get(own.SUBMITTED_ON))
        issued = min([known, as_of, *(each for each in (limit.on, *reached) if each)])
        if last and last < as_of:
            issued = max(issued, last + ONE_DAY)
        return min(issued, limit.on) if limit.on else issued

    def _enter_kept(
        self, row: StatedRow, finding: Finding, events: list[RectificationEvent]
    ) -> None:
        outcome = self._compare(row, finding, events, guarded=True)
        if outcome.doubts:
            return
        stated = kept_form(Finding, row.values)
        changed = {
            column: stated[column]
            for column in PLAIN_COLUMNS
            if column in stated and stated[column] != getattr(finding, column)
        }
        for each in outcome.corrections:
            if each.ledger == "findings":
                changed[each.column] = each.value
                self.taking.corrected.add(("findings", finding.code))
                if each.column == "unit" and self._whose(row) == TAKEN_OVER:
                    self.taking.taken_over.add(("findings", finding.code))
            else:
                self._correct_event(row, events, each.key, each.column, each.value)
        if changed:
            self.taking.to_enter.put("findings", place(row), {"code": finding.code, **changed})

    def _correct_event(
        self,
        row: StatedRow,
        events: Sequence[RectificationEvent],
        key: tuple[object, ...],
        column: str,
        value: object,
    ) -> None:
        event = next(each for each in events if (each.finding, each.on_date, each.number) == key)
        values = {each: getattr(event, each) for each in ids(RectificationEvent)}
        name = self.taking.to_enter.put(
            "rectification_events", place(row), {**values, column: value}
        )
        self.taking.corrected.add(("rectification_events", name))

    def _whose(self, row: StatedRow) -> str | None:
        """The answer to whose the finding of a row is, if another unit has it now."""
        return self.moved[id(row)][1] if id(row) in self.moved else None

    def _compare(
        self,
        row: StatedRow,
        finding: Finding,
        events: list[RectificationEvent],
        *,
        guarded: bool,
    ) -> Outcome:
        kept = standing_on(finding, events, self.taking.as_of).rectified
        rectified = self.amounts.so_far(row, own.RECTIFIED, finding.code, kept)
        unit = self.unit_of[id(row)] if guarded else None
        stated = as_stated(
            row, finding, self.taking.as_of, guarded=guarded, rectified=rectified, unit=unit
        )
        earlier = self.stated_before.get(finding.code)
        answer = self._whose(row)
        changes = None if answer is None else answer in UNIT_CHANGES
        ask = decide(self.taking, row, finding, len(events), unit_changes=changes)
        outcome = happened(finding, events, stated, earlier, ask)
        if outcome.doubts:
            return outcome
        if outcome.apart:
            self.taking.apart[id(row)] = outcome.apart
        enter_events(self.taking, row, finding.code, outcome)
        said = stated.said() | {
            "title": row.values.get("title"),
            "unit": self.unit_of[id(row)] if changes else finding.unit,
            "project": row.values.get(own.PROJECT_NAME),
            "category": row.values.get("category"),
            "money": row.values.get("amount"),
            "issued_on": row.values.get("issued_on"),
            own.CODE_AS_WRITTEN: row.values.get(own.CODE_AS_WRITTEN),
            **self.amounts.remembered(row, own.RECTIFIED, finding.code, kept),
        }
        self.taking.tell(row, "findings", finding.code, said)
        return outcome
