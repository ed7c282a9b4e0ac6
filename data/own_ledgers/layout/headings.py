"""Map a heading to our column: by the form, else by the list `own_headings`."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from fnmatch import fnmatchcase

from data.own_ledgers.forms.form import Form
from data.own_ledgers.forms.subjects import NOT_KEPT, OF_PERIOD, SERIAL, SUBJECTS, Reads
from data.own_ledgers.words.days import DAY_WITHIN
from data.own_ledgers.words.money import unit_in
from data.own_ledgers.words.phrases import Phrases
from data.own_ledgers.words.written import BRACKETED, plain, without_brackets
from data.reference.lists import Row

LIST = "own_headings"
EVERY_SUBJECT = "*"
NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]{1,2}|[0-9]{1,2})[、.)](?![0-9])")
UNIT_AT_END = re.compile(r"(?<=.)[/,:]?(?:亿元|万元|千元|百元|元)$")
MONEY_LINE = re.compile(
    r"(?:单位|计量单位|金额单位|货币单位|金额)[::](?:人民币)?(亿元|万元|千元|百元|元)"
    r"|[(,](亿元|万元|千元|百元|元)\)"
)
WHOLE = frozenset({"合计", "小计", "总计", "累计", "总额", "总数", "数额", "累计数", "累计金额"})
"""Lower headings that say no more than that the column holds the whole of the upper one."""
OF_UPPER = 100_000
"""Added to the rank of a column that only its upper heading names."""
ONE_MONTH = re.compile(r"(?:20[0-9]{2}年)?[0-9]{1,2}月份?")
OF_THE_PERIOD = re.compile(r"^[本当](?:月度?|期|季度?|旬|周|次)(?:新增)?")
"""Before an amount that is not what there is so far: 本月整改金额."""
PAID_BACK = frozenset(
    f"{way}{what}"
    for way in ("上缴", "归还", "收回", "追缴", "追回", "整改")
    for what in ("", "金额", "资金")
)
NO_AMOUNT = re.compile("日期|时间|文号|率$|比例|次数|批次")
"""In a lower heading that is about something else than its upper one."""
AMOUNT = re.compile("(?:金额|资金|数额|款)$")
"""In a lower heading of money, which an upper one over words does not name."""
ABOUT_AS_LIKE, LIKE, MUCH_LIKE = 0.4, 0.6, 0.7
TELLING = frozenset({"state", "closure", "amount", "limit", "value", "disbursed", "spent"})
"""Columns without which a sheet says little: what is only about as like one of them is asked."""
LONGEST_HEADING = 100
"""A longer heading is like none: comparing takes time in proportion to both lengths."""
BY_FORM = -1


@dataclass(frozen=True, slots=True)
class Match:
    """Our column for a heading, within a group of columns or outside; a lower `rank` is better.

    `by_pattern`: matched by an entry with `*`, which is weaker than the whole heading.
    """

    column: str
    rank: int
    group: str = ""
    by_pattern: bool = False


def normal(heading: str) -> str:
    """A heading for comparison: without white space, `*`, numbers, notes and units of money."""
    text = without_brackets(plain(heading)).replace("*", "").rstrip(":：")
    return UNIT_AT_END.sub("", NUMBERED.sub("", text)) or plain(heading)


def money_unit(pieces: Sequence[str]) -> str | None:
    """The unit of money in a heading; the lower row takes precedence."""
    return next((unit for piece in reversed(pieces) if (unit := unit_in(piece))), None)


def unit_above(lines: Iterable[str]) -> str | None:
    """The unit of money in a line above the table, such as 单位：万元."""
    found = [MONEY_LINE.search(plain(line)) for line in lines]
    return next((each[1] or each[2] for each in found if each), None)


class Headings:
    """The known headings of one subject under one form."""

    def __init__(self, form: Form, rows: Iterable[Row], phrases: Phrases) -> None:
        self.subject = SUBJECTS[form.subject]
        self.phrases = phrases
        self._whole: dict[str, Match] = {}
        self._second: dict[str, Match] = {}
        self._within: list[tuple[str, Match]] = []
        self._form = {
            "/".join(map(normal, heading.split("/"))): Match(column, BY_FORM)
            for heading, column in form.columns.items()
        }
        known = tuple(rows)
        for wanted in (form.subject, EVERY_SUBJECT):
            for rank, row in enumerate(known):
                if row["subject"] == wanted:
                    self._add(row["heading"], Match(row["column"], rank))
        # Prefer a column that is read to one that is left out.
        self._within.sort(key=lambda each: each[1].column == NOT_KEPT)
        self._found: dict[tuple[str, ...], Match | None] = {}

    def _add(self, heading: str, match: Match) -> None:
        if "*" in heading:
            within = Match(match.column, match.rank, match.group, by_pattern=True)
            self._within.append((plain(heading), within))
            return
        name = normal(heading)
        if name in self._whole and match.column not in (self._whole[name].column, NOT_KEPT, SERIAL):
            self._second.setdefault(name, match)
        self._whole.setdefault(name, match)

    def find(self, pieces: tuple[str, ...]) -> Match | None:
        """Our column for a heading; `pieces` are its rows from upper to lower."""
        if pieces not in self._found:
            self._found[pieces] = self._look_up(pieces)
        return self._found[pieces]

    def second(self, pieces: tuple[str, ...]) -> Match | None:
        """The second meaning of a heading that the list has twice: 单位名称 is the unit, or the
        name of what is disposed of."""
        names = [normal(piece) for piece in pieces]
        return self._second.get("".join(names)) or self._second.get(names[-1])

    def _look_up(self, pieces: tuple[str, ...]) -> Match | None:
        names = [normal(piece) for piece in pieces]
        for text in dict.fromkeys(("/".join(names), names[-1])):
            if text in self._form:
                return self._form[text]
        if match := self._grouped(pieces, names):
            return match
        if names[-1] in WHOLE and len(names) > 1 and (match := self._whole_of(pieces)):
            return match
        # 批复情况 over 日期 is 批复日期.
        short = [name.removesuffix("情况") for name in names[:-1]]
        tried = dict.fromkeys(
            "".join((*each[at:], names[-1]))
            for each in (names[:-1], short)
            for at in range(len(names))
        )
        for text in tried:
            if text in self._whole:
                return self._whole[text]
        for text in tried:
            if match := self._of_period(text):
                return match
        for text in tried:
            for pattern, match in self._within:
                if fnmatchcase(text, pattern):
                    return match
        return self._of_upper(names)

    def _of_period(self, name: str) -> Match | None:
        """The column of a month's amount, 本月整改金额, beside the cumulative 整改金额."""
        rest = OF_THE_PERIOD.sub("", name)
        if rest == name:
            return None
        found = self._whole.get(rest)
        so_far = "rectified" if rest in PAID_BACK else found.column if found else ""
        column = OF_PERIOD.get(so_far, "")
        return Match(column, found.rank if found else 0) if column in self.subject.targets else None

    def _whole_of(self, pieces: tuple[str, ...]) -> Match | None:
        """For 问题金额 over 合计, the column of 问题金额, if it can be added up."""
        match = self._look_up(pieces[:-1])
        target = self.subject.targets.get(match.column) if match else None
        return match if target and target.reads in (Reads.MONEY, Reads.COUNT) else None

    def _of_upper(self, names: list[str]) -> Match | None:
        if ONE_MONTH.fullmatch(names[-1]) or NO_AMOUNT.search(names[-1]):
            return None
        for upper in reversed(names[:-1]):
            if upper in self._whole:
                match = self._whole[upper]
                target = self.subject.targets.get(match.column)
                if AMOUNT.search(names[-1]) and (target is None or target.reads is not Reads.MONEY):
                    return None
                return Match(match.column, match.rank + OF_UPPER)
        return None

    def _grouped(self, pieces: tuple[str, ...], names: list[str]) -> Match | None:
        match self.subject.ledger:
            case "reports":
                return self._of_report(names)
            case "attendance":
                return self._of_training(pieces, names)
            case _:
                return None

    def _within_group(self, name: str, group: str) -> Match | None:
        match = self._whole.get(name)
        if match is None or match.column in (NOT_KEPT, SERIAL):
            return None
        return Match(match.column, match.rank, group) if self._may_repeat(match.column) else None

    def _may_repeat(self, column: str) -> bool:
        return self.subject.targets[column].grouped

    def _of_report(self, names: list[str]) -> Match | None:
        """A report column: 内审计划 over 报送时间, 内审计划报送时间, or 内审计划 alone."""
        if len(names) > 1:
            group = self.phrases.code("report_kind", names[0])
            return self._within_group(names[-1], group) if group else None
        name = names[0]
        kinds = self.phrases.words("report_kind")
        alone = kinds | self.phrases.words("report_kind_alone")
        if name in alone:
            return Match("submitted", 0, alone[name])
        for word in sorted(kinds, key=len, reverse=True):
            if len(word) > 1 and name.startswith(word):
                return self._within_group(name.removeprefix(word), kinds[word])
        return None

    def _of_training(self, pieces: tuple[str, ...], names: list[str]) -> Match | None:
        """A training column: 3月12日 内审实务培训 over 实到, or that heading alone over the
        number of people."""
        if len(pieces) > 1:
            upper = " ".join(pieces[:-1])
            if all(name not in self._whole for name in names[:-1]):
                return self._within_group(names[-1], upper)
            return None
        text = plain(pieces[0])
        for note in BRACKETED.findall(text):
            if match := self._within_group(note[1:-1], pieces[0]):
                return match
        if names[0] in self._whole or not DAY_WITHIN.search(text):
            return None
        for name, match in self._whole.items():
            if names[0].endswith(name) and self._within_group(name, ""):
                return Match(match.column, match.rank, pieces[0].strip()[: -len(name)])
        return Match("people", 0, pieces[0])

    def likeliest(self, pieces: tuple[str, ...], taken: Iterable[str], count: int = 3) -> list[str]:
        """Our columns most similar to an unknown heading, without those `taken`."""
        return [column for column, _ in self._likeness(pieces, set(taken))][:count]

    def is_like_any(self, pieces: tuple[str, ...], taken: Iterable[str]) -> bool:
        """Whether a heading is more similar to a column not `taken` yet than to any other."""
        those = set(taken)
        likeness = self._likeness(pieces, set())
        best = likeness[0][1] if likeness else 0.0
        columns = [column for column, like in likeness if like == best and column not in those]
        least = ABOUT_AS_LIKE if TELLING & set(columns) else LIKE
        return bool(columns) and best >= least

    def is_like_one_of(self, pieces: tuple[str, ...], columns: Collection[str]) -> bool:
        """Whether a heading is very similar to one of `columns`."""
        likeness = dict(self._likeness(pieces, set()))
        return any(likeness.get(each, 0.0) >= MUCH_LIKE for each in columns)

    def _likeness(self, pieces: tuple[str, ...], taken: set[str]) -> list[tuple[str, float]]:
        name = normal(pieces[-1])
        if len(name) > LONGEST_HEADING:
            return []
        best: dict[str, float] = {}
        for heading, match in self._columns(taken):
            score = SequenceMatcher(None, name, heading).ratio()
            best[match.column] = max(score, best.get(match.column, 0.0))
        return sorted(best.items(), key=lambda each: -each[1])

    def _columns(self, taken: set[str]) -> Iterator[tuple[str, Match]]:
        for heading, match in self._whole.items():
            if match.column not in taken and match.column not in (NOT_KEPT, SERIAL):
                yield heading, match
