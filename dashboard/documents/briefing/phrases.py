"""Sentences as pieces: the text of a template and the numbers in it, each with its source.

Templates contain no numbers, and a number cannot be put into a sentence without its source.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from string import Formatter

from babel.dates import format_date

from dashboard.documents.briefing import sources
from dashboard.documents.briefing.content import Content
from dashboard.documents.briefing.sources import Part, Source
from dashboard.i18n import language, name, template
from data.figures.catalogue import Quantity, Way
from data.figures.changes import MEANS
from data.figures.reading import Reading
from models.text import N_, Label

MORE_POINTS = N_("up by {change: percentage points}")
LESS_POINTS = N_("down by {change: percentage points}")
HIGHER, LOWER = N_("higher by {change}"), N_("lower by {change}")
MORE, LESS = N_("up by {change}"), N_("down by {change}")
UNCHANGED = N_("unchanged")
MEASURES: Mapping[Quantity, Label] = {
    Quantity.ROWS: Label("个", ""),
    Quantity.PEOPLE: Label("人", ""),
    Quantity.DAYS: Label("天", " days"),
    Quantity.PERCENT: Label("%", "%"),
    Quantity.POINTS: Label("分", " points"),
}
"""The unit word after the number of a figure; the text of money includes its unit."""
OF_UNITS = (
    "units",
    "grid_coverage",
    "dual_responsibility",
    "institution_rate",
    "group_rate",
    "chief_auditor_rate",
    "guidance_coverage",
    "rating",
)
OWN_MEASURES: Mapping[str, Label] = {
    **{figure: Label("家", "") for figure in OF_UNITS},
    "reports_late": Label("份", ""),
    "report_grade": Label("份", ""),
    "escalations_open": Label("件", ""),
    "warnings_open": Label("条", ""),
    "rules_built": Label("项", ""),
    "content_problems": Label("项", ""),
    "disposals_late": Label("项", ""),
    "tasks_late": Label("项", ""),
    "meetings_held": Label("次", ""),
    "training_people": Label("人次", ""),
    "posts_recovered": Label("名", ""),
    sources.LIGHTS: Label("家", ""),
    sources.RANKED: Label("家", ""),
    sources.DECISIONS: Label("项", ""),
    sources.LADDER: Label("个", ""),
    sources.FINDINGS_AHEAD: Label("个", ""),
    sources.REPORTS_AHEAD: Label("份", ""),
}
"""Unit words of figures and lists that differ from those of their quantity."""
COUNTERS = tuple("个家件条项份人名次天")
LIST, CLAUSES = N_(", "), N_("; ")
"""The separators of list items and of clauses."""
DAY_IN_WORDS = "d MMMM y"


@dataclass(frozen=True, slots=True)
class Cited:
    """A number as written, its source, and the unit word that follows it."""

    text: str
    source: Source
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Text from ledgers, lists and the calendar: names, titles, days.

    What is `strong` is looked for first: who acts, and by when. `limit` is the day of a text that
    says by when something is to be done, or was; `is_past` is true of words that a limit is past.
    """

    text: str
    strong: bool = False
    limit: date | None = None
    is_past: bool = False


Piece = str | Cited | Quoted
Pieces = tuple[Piece, ...]
Value = Cited | Quoted | Label | date | str | Pieces


def phrase(message: str, **values: Value) -> Pieces:
    """The translation of `message` (marked with `N_`) with its placeholders filled.

    In a placeholder, text after a colon is the thing that the number counts, and text after ~ the
    verb that follows; "one|many" gives a form for 1 and one for other numbers.
    """
    pieces: list[Piece] = []
    for words, field, unit, _conversion in Formatter().parse(template(message)):
        last = pieces[-1] if pieces else None
        if isinstance(last, Cited) and not last.unit and words[:1] in COUNTERS:
            # Keep the unit word with its number, so that the reference follows both.
            pieces[-1], words = replace(last, unit=words[0]), words[1:]
        if words:
            pieces.append(words)
        if field:
            pieces += _filled(values[field], unit or "")
    return tuple(pieces)


def _filled(value: Value, form: str) -> Pieces:
    match value:
        case Cited():
            return _counting(value, form)
        case Label():
            return (Quoted(name(value)),)
        case date():
            return (Quoted(day_in_words(value)),)
        case str():
            return (Quoted(value),)
        case tuple():
            return value
    return (value,)


def _counting(cited: Cited, form: str) -> Pieces:
    one, bar, many = form.partition("|")
    counted, _mark, verb = (one if cited.text == "1" or not bar else many).partition("~")
    number = replace(cited, unit=counted or cited.unit)
    return (number, verb) if verb else (number,)


def joined(parts: Iterable[Pieces], separator: str) -> Pieces:
    """`parts` joined by the translated `separator`."""
    between = template(separator)
    pieces: list[Piece] = []
    for part in parts:
        pieces += [between, *part] if pieces else part
    return tuple(pieces)


def sentences(parts: Iterable[Pieces]) -> Pieces:
    """Sentences joined by a space; in Chinese by nothing."""
    between = "" if language().startswith("zh") else " "
    pieces: list[Piece] = []
    for part in parts:
        pieces += [between, *part] if pieces and between else part
    return tuple(pieces)


def plain(pieces: Pieces) -> str:
    """The text of a sentence without its sources."""
    return "".join(text_of(piece) for piece in pieces)


def text_of(piece: Piece) -> str:
    """The text of a piece."""
    match piece:
        case Cited(text=text, unit=unit):
            return text + unit
        case Quoted(text=text):
            return text
    return piece


def day_in_words(day: date) -> str:
    """A day as 2026年6月30日 or 30 June 2026, by the language in use."""
    if language().startswith("zh"):
        return f"{day.year}年{day.month}月{day.day}日"
    return format_date(day, DAY_IN_WORDS, locale="en")


def limit_in_words(limit: date, day: date) -> str:
    """A limit as 7月17日 or 17 July, with its year if that is not the year of `day`."""
    if limit.year != day.year:
        return day_in_words(limit)
    if language().startswith("zh"):
        return f"{limit.month}月{limit.day}日"
    return format_date(limit, "d MMMM", locale="en")


def bare(cited: Cited) -> Cited:
    """`cited` without its unit word, for tables that have it in the heading."""
    return replace(cited, unit="")


def capitalised(pieces: Pieces) -> Pieces:
    """`pieces` with the first letter in upper case."""
    first = pieces[0] if pieces else ""
    match first:
        case str():
            return (first[:1].upper() + first[1:], *pieces[1:])
        case Quoted(text=text):
            return (Quoted(text[:1].upper() + text[1:]), *pieces[1:])
    return pieces


def in_sentence(text: str) -> str:
    """`text` as written within a sentence, without a capital."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


class Figures:
    """The figures of a briefing as pieces of sentences.

    `today` is the day on which it is made, by which limits may be past; without it, as of a freeze,
    limits stand as they did on the day of the figures.
    """

    def __init__(self, content: Content, today: date | None = None) -> None:
        self.content = content
        self.today = today

    def is_past(self, limit: date) -> bool:
        """Whether a limit is past on the day on which the briefing is made."""
        return self.today is not None and limit < self.today

    def __call__(self, figure: str, *, node: str = "", part: Part = Part.VALUE) -> Cited:
        """The number of a figure on the day; at the briefing's node unless another is given."""
        source = Source(figure, node or self.content.node, self.content.day, part)
        return self.cited(source)

    def cited(self, source: Source) -> Cited:
        """The number of a source."""
        return Cited(sources.text_of(self.content, source), source, self._measure(source))

    def _measure(self, source: Source) -> str:
        which = source.figure.partition(":")[0]
        figure = self.content.catalogue.get(which)
        if figure and figure.way is Way.SHARE and not source.part:
            return ""
        measure = OWN_MEASURES.get(which) or (MEASURES.get(figure.quantity) if figure else None)
        return name(measure) if measure else ""

    def listed(self, listed: str, code: str) -> Cited:
        """The number of items under `code` in the list `listed`."""
        return self(f"{listed}:{code}")

    def reading(self, figure: str) -> Reading | None:
        """The reading of a figure, None if there is none."""
        return self.content.now.get(figure)

    def number(self, figure: str) -> int:
        """The numerator of a figure in stored units; 0 where it does not exist."""
        reading = self.reading(figure)
        return int(reading.numerator or 0) if reading and reading.known else 0

    def missing(self, figure: str) -> int:
        """The denominator minus the numerator; 0 where the figure does not exist."""
        reading = self.reading(figure)
        if reading is None or not reading.known:
            return 0
        return reading.short

    def known(self, figure: str) -> bool:
        """Whether the figure is not "—"."""
        reading = self.reading(figure)
        return reading is not None and reading.exact is not None

    def entered(self, figure: str) -> bool:
        """Whether any unit of the district has entered rows of its source."""
        reading = self.reading(figure)
        return reading is None or reading.known

    def named(self, figure: str) -> Pieces:
        """The name of the figure, followed by its value."""
        cited = self(figure)
        called = in_sentence(sources.name_of(self.content, cited.source))
        return phrase(N_("{figure} {value}"), figure=called, value=cited)

    def since(self, figure: str) -> Pieces:
        """The change since the day of comparison, as a clause; empty if unknown."""
        day = self.content.before.as_of
        moved = self.moved(figure, day)
        if not moved:
            return ()
        if not any(isinstance(piece, Cited) for piece in moved):
            return phrase(N_(", unchanged since {day}"), day=day)
        return phrase(N_(", {moved} since {day}"), moved=moved, day=day)

    def since_last_year(self, figure: str) -> Pieces:
        """The change since the same day of last year, as a clause; empty if unknown."""
        if self.content.year_before is None:
            return ()
        moved = self.moved(figure, self.content.year_before.as_of)
        return phrase(N_(", {moved} on the same day of last year"), moved=moved) if moved else ()

    def moved(self, figure: str, since: date) -> Pieces:
        """The change since a day, in words; empty if unknown."""
        source = Source(figure, self.content.node, self.content.day, since=since)
        change = sources.change_of(self.content, source)
        if change is None:
            return ()
        cited = self.cited(source)
        if not change.text.startswith(("+", "−")):
            return phrase(UNCHANGED)
        up = change.amount > 0
        entry = self.content.catalogue[figure.partition(":")[0]]
        if change.points or entry.quantity is Quantity.PERCENT:
            return phrase(MORE_POINTS if up else LESS_POINTS, change=cited)
        if entry.way in MEANS:
            return phrase(HIGHER if up else LOWER, change=cited)
        return phrase(MORE if up else LESS, change=cited)
