"""The source of each number in a briefing, and its value according to the data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from dashboard import formats
from dashboard.documents.briefing.content import Content
from dashboard.i18n import _, name
from data.figures import changes
from data.figures.catalogue import Quantity
from data.figures.reading import Reading
from data.matters import Matter
from models.grid import UnitKind
from models.rectification import Step
from models.rules.light import Light
from models.text import N_, NOTHING, Label
from models.work import DecisionState

LIGHTS, LADDER, MATTERS, RANKED, DECISIONS = "lights", "ladder", "matters", "ranked", "decisions"
FINDINGS_AHEAD, REPORTS_AHEAD = "findings_ahead", "reports_ahead"
COUNTS: Mapping[str, str] = {
    LIGHTS: N_("Units by light"),
    LADDER: N_("Findings due for the next step"),
    MATTERS: N_("Matters that need a decision"),
    RANKED: N_("Units that are ranked"),
    DECISIONS: N_("Decisions by state"),
    FINDINGS_AHEAD: N_("Findings expected to be overdue"),
    REPORTS_AHEAD: N_("Reports expected to be late"),
}
"""Lists whose numbers of items are cited, by name; these are no figures of the catalogue."""
FIRST, LAST = "first", "last"
"""Codes for the units of a kind that share the best rank, and those that share the last."""
ENDS: Mapping[str, str] = {"": N_("{kind}"), FIRST: N_("{kind}, first"), LAST: N_("{kind}, last")}
ENDS_OF_RANGE: Mapping[str, str] = {
    "low": N_("within {days} days, at least"),
    "high": N_("within {days} days, at most"),
    "out_of": N_("within {days} days, of so many due"),
}
"""The parts of a forecast that are cited: both ends of its range, and the total."""
MEASURED = ("days", "units", "amount", "times")
"""The values of a matter that are numbers; its other values are names."""


class Part(StrEnum):
    """The part of a figure that is cited; DIFFERENCE is denominator minus numerator."""

    VALUE = ""
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    DIFFERENCE = "difference"


PARTS: Mapping[Part, str] = {
    Part.NUMERATOR: N_("numerator"),
    Part.DENOMINATOR: N_("denominator"),
    Part.DIFFERENCE: N_("difference"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """A figure, by its key in `gridlight figures`, at a node on a day; or `list:CODE`.

    With `since` it is the change from that day on, without a sign.
    """

    figure: str
    node: str
    day: date
    part: Part = Part.VALUE
    since: date | None = None

    @property
    def id(self) -> str:
        """The key of the figure, with the part that is cited."""
        return f"{self.figure} ({self.part})" if self.part else self.figure


def reading_of(content: Content, source: Source) -> Reading | None:
    """The reading of the figure on the source's day at its node; None if there is none."""
    return content.readings.get((source.node, source.day), {}).get(source.figure)


def text_of(content: Content, source: Source) -> str:
    """The number according to the data, written in the language in use; "—" for none."""
    listed, _colon, code = source.figure.partition(":")
    if listed in COUNTS:
        return _text_of_list(content, listed, code)
    reading = reading_of(content, source)
    if source.since:
        earlier = content.readings.get((source.node, source.since), {}).get(source.figure)
        return _text_of_change(reading, earlier)
    if reading is None or source.part is Part.VALUE:
        return formats.text(reading)
    return _text_of_part(reading, source.part)


def name_of(content: Content, source: Source) -> str:
    """The name of the figure, with its bucket."""
    listed, _colon, code = source.figure.partition(":")
    if listed in COUNTS:
        part = _code_in_words(listed, code)
        return f"{_(COUNTS[listed])} · {part}"
    figure = content.catalogue[listed]
    part = next((name(each.label) for each in figure.buckets if each.id == code), "")
    return f"{_(figure.name)} · {part}" if part else _(figure.name)


def called(content: Content, source: Source) -> str:
    """The name of the figure with the part that is cited."""
    named = name_of(content, source)
    return f"{named} ({_(PARTS[source.part])})" if source.part else named


def where(content: Content, source: Source) -> str:
    """The name of the source's node."""
    kind, _colon, code = source.node.partition(":")
    if source.node == content.node and kind != "district":
        return name(content.name)
    if kind == "unit":
        return next((unit.name for unit in content.units if unit.code == code), code)
    return content.sector_name(code) if code else _("The whole district")


def change_of(content: Content, source: Source) -> changes.Change | None:
    """The change of the figure since the source's `since`; None if either value is "—"."""
    if source.since is None:
        return None
    now = reading_of(content, source)
    then = content.readings.get((source.node, source.since), {}).get(source.figure)
    return changes.change(now, then) if now and then else None


def measured(matter: Matter) -> object:
    """The number in a matter that is a count or measure; None if there is none."""
    in_words = (value for key, value in matter.what.values.items() if key in MEASURED)
    return next(in_words, matter.days or None)


def count_of(content: Content, listed: str, code: str) -> int:
    """The number of items under `code` in the list `listed`."""
    match listed:
        case "lights":
            return content.lights.get(Light(code), 0)
        case "ladder":
            return content.due_steps.counted.get(Step(code), 0)
        case "decisions":
            return content.decided.get(DecisionState(code), 0)
        case "findings_ahead" | "reports_ahead":
            return _expected(content, listed, code)
    kind, _slash, end = code.partition("/")
    ranks = [unit.place.rank for unit in content.ranking.get(kind, ()) if unit.place.rank]
    if not end or not ranks:
        return len(ranks)
    return ranks.count(min(ranks) if end == FIRST else max(ranks))


def _expected(content: Content, listed: str, code: str) -> int:
    days, _slash, end = code.partition("/")
    horizon = next(each for each in content.ahead.horizons if str(each.days) == days)
    expected = horizon.findings if listed == FINDINGS_AHEAD else horizon.reports
    return int(getattr(expected, end)) if expected else 0


def _text_of_list(content: Content, listed: str, code: str) -> str:
    if listed != MATTERS:
        return str(count_of(content, listed, code))
    at = int(code) - 1
    value = measured(content.matters[at]) if at < len(content.matters) else None
    return NOTHING if value is None else name(value) if isinstance(value, Label) else str(value)


def _code_in_words(listed: str, code: str) -> str:
    match listed:
        case "lights":
            return name(Light(code).label)
        case "ladder":
            return name(Step(code).label)
        case "decisions":
            return name(DecisionState(code).label)
        case "findings_ahead" | "reports_ahead":
            days, _slash, end = code.partition("/")
            return _(ENDS_OF_RANGE[end], days=days)
        case "ranked":
            kind, _slash, end = code.partition("/")
            return _(ENDS[end], kind=UnitKind(kind).label)
    return code


def _text_of_change(now: Reading | None, then: Reading | None) -> str:
    change = changes.change(now, then) if now and then else None
    if now is None or change is None:
        return NOTHING
    if now.figure.quantity is Quantity.MONEY and not change.points:
        return formats.money(abs(change.amount))
    return change.text.lstrip("+−")


def _text_of_part(reading: Reading, part: Part) -> str:
    numerator, denominator = reading.numerator, Fraction(reading.denominator or 0)
    if not reading.known or numerator is None:
        return NOTHING
    number = {
        Part.NUMERATOR: numerator,
        Part.DENOMINATOR: denominator,
        Part.DIFFERENCE: denominator - numerator,
    }[part]
    if reading.figure.quantity is Quantity.MONEY:
        return formats.money(number / 100)
    return str(int(number))
