"""Read figures: combine the facts alive on a day at a node as the catalogue defines."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, true
from sqlmodel import col

from data.facts import balances
from data.facts.balances import Totals
from data.facts.known_since import unknown_sources
from data.figures.catalogue import Catalogue, Figure, Quantity, Way
from data.scope import Scope
from models.grid import Unit
from models.kept import Balance, KeptFact
from models.rules.rectification import UNRECTIFIED, day_number
from models.text import NOTHING, Label

FEN, WAN, YI = 100, 1_000_000, 10_000_000_000
"""How many 分 there are in a 元, a 万元 and an 亿元."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of a figure on a day at a node.

    `numerator` is exact, in stored units (分, hundredths), None where the figure does not exist;
    `denominator` is None unless the figure is a share or mean. Both are None if it is not `known`:
    then no unit of the district has entered a row of its source, or nothing has come in from the
    node.
    """

    figure: Figure
    bucket: str
    numerator: Fraction | None
    denominator: int | None = None
    known: bool = True

    @property
    def id(self) -> str:
        """The key under which the figure is printed."""
        return f"{self.figure.id}:{self.bucket}" if self.bucket else self.figure.id

    @property
    def exact(self) -> Fraction | None:
        """The exact value: shares from 0 to 1, points as points, money in 元; None for "—"."""
        if self.numerator is None or self.denominator == 0:
            return None
        if self.figure.way is Way.SHARE:
            return self.numerator / (self.denominator or 1)
        value = self.numerator / (self.denominator or 1)
        return value / scale(self.figure.quantity)

    @property
    def short(self) -> int:
        """What a share lacks: its denominator less its numerator; 0 where either does not exist."""
        return int((self.denominator or 0) - self.numerator) if self.numerator is not None else 0

    @property
    def text(self) -> str:
        """The value as displayed: shares cut, means rounded half up, money in 万元 or 亿元; or
        "—"."""
        value = self.exact
        if value is None:
            return NOTHING
        match self.figure.way:
            case Way.SHARE:
                return f"{rounded(value * 100, 1, ROUND_FLOOR)}%"
            case Way.MEAN | Way.AGE_MEAN | Way.RATIO_MEAN:
                return str(rounded(value, 1))
        if self.figure.quantity is Quantity.MONEY:
            return money_text(value)
        return str(int(value))

    def as_json(self) -> dict[str, object]:
        """The reading as `gridlight figures --json` prints it."""
        if not self.known:
            return {"value": None, "text": NOTHING, "known": False}
        if self.numerator is None:
            return {"value": None, "text": NOTHING}
        if self.denominator is None:
            return {"value": written(self.numerator, self.figure), "text": self.text}
        return {
            "numerator": written(self.numerator, self.figure),
            "denominator": self._denominator_json(),
            "text": self.text,
        }

    def _denominator_json(self) -> object:
        assert self.denominator is not None
        if self.figure.way is Way.SHARE:
            return written(Fraction(self.denominator), self.figure)
        return self.denominator


Readings = Mapping[str, Reading]
"""Readings by the key under which they are printed."""


def scale(quantity: Quantity) -> int:
    """The number of stored units in a displayed one, such as 100 for 分 in 元."""
    return 100 if quantity in (Quantity.MONEY, Quantity.POINTS) else 1


def written(value: Fraction, figure: Figure) -> int | str:
    """`value`, in stored units, as an int, as points ("1730.5") or as money in 元 ("25.00")."""
    match figure.quantity:
        case Quantity.MONEY:
            return str(rounded(value / FEN, 2))
        case Quantity.POINTS:
            return _plain(rounded(value / 100, 6))
    return int(value)


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(value: Fraction, places: int, how: str = ROUND_HALF_UP) -> Decimal:
    """`value` rounded to `places` decimals without a detour over floats; half up by default."""
    shifted = value * 10**places
    whole, rest = divmod(shifted.numerator, shifted.denominator)
    if how == ROUND_HALF_UP and rest * 2 >= shifted.denominator:
        whole += 1
    return Decimal(whole).scaleb(-places)


def money_text(yuan: Fraction) -> str:
    """`yuan` with two decimals in 万元, or in 亿元 from one 亿元 on."""
    if yuan * FEN >= YI:
        return f"{rounded(yuan * FEN / YI, 2)}亿元"
    return f"{rounded(yuan * FEN / WAN, 2)}万元"


@lru_cache(maxsize=5_000)
def money_label(fen: int | Fraction) -> Label:
    """An amount in 分, written in Chinese and in English."""
    yuan = Fraction(fen) / FEN
    return Label(money_text(yuan), f"{rounded(yuan / 1_000_000, 2)} million yuan")


def read(connection: Connection, scope: Scope, catalogue: Catalogue) -> Readings:
    """All figures and buckets of the catalogue for `scope`, by the key under which each is
    printed."""
    totals, unknown = totals_on(connection, scope), unknown_sources(connection, scope.as_of)
    return readings(totals, scope, catalogue.values(), unknown, oldest_due(connection, scope))


def readings(
    totals: Totals,
    scope: Scope,
    figures: Iterable[Figure],
    unknown: Collection[str],
    oldest: int | None = None,
    *,
    buckets: bool = True,
) -> Readings:
    """Compute `figures` and, unless told not to, their buckets from `totals`.

    `unknown` are the sources without any row on that day, `oldest` is the day number of the
    earliest overdue time limit.
    """
    made = (
        Reading(figure, bucket, None, known=False)
        if figure.known_by in unknown
        else reading_of(figure, bucket, totals, scope, oldest)
        for figure in figures
        for bucket in ids(figure)
        if buckets or not bucket
    )
    return {reading.id: reading for reading in made}


def measures_of(figures: Iterable[Figure]) -> frozenset[str]:
    """The measures whose facts `figures` count."""
    return frozenset(
        measure
        for figure in figures
        for measure in (*figure.numerator, *figure.denominator, *figure.bucket_measures)
    )


def needs_buckets(figure: Figure) -> bool:
    """Whether the whole of `figure` is computed from parts of its measures."""
    return figure.within_bucket("") != ("",) or figure.way is Way.RATIO_MEAN


def ids(figure: Figure) -> Iterator[str]:
    """The buckets of `figure`, and "" for the figure itself if it has a value of its own."""
    if not figure.only_buckets:
        yield ""
    for bucket in figure.buckets:
        yield bucket.id


def reading_of(
    figure: Figure, bucket: str, totals: Totals, scope: Scope, oldest: int | None
) -> Reading:
    """Compute one figure, or one bucket of it, that is known; see `readings`."""
    numerator, denominator = values_of(figure, bucket, totals, scope, oldest)
    exact = None if numerator is None else Fraction(numerator)
    return Reading(figure, bucket, exact, denominator)


def values_of(
    figure: Figure, bucket: str, totals: Totals, scope: Scope, oldest: int | None
) -> tuple[int | Fraction | None, int | None]:
    """The numerator and the denominator of a reading; see `Reading`."""
    if figure.district and not scope.whole_district:
        return None, None
    parts = figure.within_bucket(bucket)
    count, total = _sum(totals, figure.measures(bucket), parts)
    match figure.way:
        case Way.COUNT:
            return count, None
        case Way.SUM:
            return total, None
        case Way.MEAN:
            return total, count
        case Way.AGE_MEAN:
            return count * day_number(scope.as_of) - total, count
        case Way.AGE_MAX:
            return None if oldest is None else day_number(scope.as_of) - oldest, None
        case Way.RATIO_MEAN:
            return _sum_of_ratios(totals, figure.numerator[0]), count
    of_all = _sum(totals, figure.denominator, (figure.of_denominator(bucket),))
    if figure.quantity is not Quantity.ROWS:
        return total, of_all[1]
    return count, of_all[0]


def _sum(totals: Totals, measures: Sequence[str], buckets: Sequence[str]) -> tuple[int, int]:
    if len(measures) == len(buckets) == 1:
        return totals.get((measures[0], buckets[0]), (0, 0))
    counts = values = 0
    for bucket in buckets:
        for measure in measures:
            found = totals.get((measure, bucket))
            if found is not None:
                counts += found[0]
                values += found[1]
    return counts, values


def _sum_of_ratios(totals: Totals, measure: str) -> Fraction:
    """Σ 100 × points / full points, in hundredths; each bucket holds facts of one denominator."""
    return sum(
        (
            Fraction(10_000 * total, int(bucket.removeprefix("full=")))
            for (name, bucket), (_, total) in totals.items()
            if name == measure and bucket
        ),
        Fraction(0),
    )


def totals_on(
    connection: Connection, scope: Scope, measures: Collection[str] | None = None
) -> Totals:
    """The totals of the facts alive in `scope`, by measure and bucket; only of `measures` unless
    None.

    Read from the running totals if the node has them, else counted from the facts.
    """
    if scope.node.is_unit or scope.limited:
        return totals_of_facts(connection, scope, measures)
    node = str(scope.node)
    is_node = col(Balance.node) == node
    return balances.totals_on_day(connection, scope.as_of, is_node, measures).get(node, {})


def totals_of_facts(
    connection: Connection, scope: Scope, measures: Collection[str] | None = None
) -> Totals:
    """The same totals, counted from the facts; only of `measures` unless None."""
    statement = (
        select(
            col(KeptFact.measure),
            col(KeptFact.bucket),
            func.count(),
            balances.whole_sum(col(KeptFact.value)),
        )
        .where(alive(scope.as_of), facts_of_scope(scope))
        .group_by(col(KeptFact.measure), col(KeptFact.bucket))
    )
    if measures is not None:
        statement = statement.where(col(KeptFact.measure).in_(measures))
    return balances.summed(connection.execute(statement))


def alive(day: date) -> ColumnElement[bool]:
    """The SQL condition for facts alive on `day`."""
    return and_(col(KeptFact.starts_on) <= day, col(KeptFact.ends_on) > day)


def facts_of_scope(scope: Scope) -> ColumnElement[bool]:
    """The SQL condition for facts of the scope's units; the district also has those of no unit."""
    if scope.node.is_unit and not scope.limited:
        return col(KeptFact.unit) == scope.node.code
    if scope.whole_district:
        return true()
    units: Select[str] = select(col(Unit.code)).where(scope.holds())
    return col(KeptFact.unit).in_(units)


def looked_up(
    connection: Connection, scope: Scope, condition: ColumnElement[bool]
) -> ColumnElement[bool]:
    """The facts that meet `condition`, for queries of columns that the indexes lack, as the key.

    SQLite then looks them up in the order in which they are stored, in a third of the time, instead
    of that of an index. A frozen state has its facts in two tables; there it does not pay.
    """
    if scope.frozen is not None or connection.dialect.name != "sqlite":
        return condition
    return col(KeptFact.id).in_(select(col(KeptFact.id)).where(condition).correlate(None))


def oldest_due(connection: Connection, scope: Scope) -> int | None:
    """The day number of the earliest time limit among overdue findings; None if there is none."""
    statement = select(func.min(col(KeptFact.value))).where(
        col(KeptFact.measure) == UNRECTIFIED, alive(scope.as_of)
    )
    if not scope.whole_district:
        statement = statement.where(facts_of_scope(scope))
    return connection.scalar(statement)
