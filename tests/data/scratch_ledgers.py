"""Two ledgers for tests only, added as CONTRIBUTING.md describes it.

A ledger is its class, its rule, its entry in the registry, and its table, which a migration
creates.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Engine, MetaData

from models.choice import Choice
from models.days import Span
from models.declarations import Referred, TimeLine, UnitTab
from models.kinds import Code, Day, Money, OneOf, Refers, Text
from models.ledger import Ledger, column
from models.registry import BY_ID, LEDGERS
from models.rules import unit
from models.rules.fact import Fact, origin
from models.rules.unit import Lists, UnitRows, borrowed
from models.text import Label


class AssetKind(Choice):
    """资产类别"""

    HOUSE = "HOUSE", "房屋", "House"
    LAND = "LAND", "土地", "Land"


class Asset(Ledger, table=True):
    """Something that a unit owns."""

    __tablename__ = "assets"
    metadata = MetaData()
    SHEET: ClassVar[Label] = Label("资产", "Assets")
    DATED_BY: ClassVar[str] = "bought_on"
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.MONEY
    TIME_LINE: ClassVar[TimeLine] = TimeLine("bought_on", ("name",))

    code: str = column("资产编号", Code(), key=True)
    unit: str = column("单位编码", Refers("units"), required=True, owner=True)
    name: str = column("资产名称", Text(), required=True, about=True)
    kind: str = column("资产类别", OneOf(AssetKind), required=True)
    keeper: str | None = column("保管人", Text(), about=True, personal=True)
    worth: int | None = column("资产价值", Money(), guarded=True)
    bought_on: date = column("购置日期", Day(happened=True), required=True)


class StockTaking(Ledger, table=True):
    """A search for an asset; it counts for the unit that owns the asset."""

    __tablename__ = "stock_takings"
    metadata = Asset.metadata
    SHEET: ClassVar[Label] = Label("资产盘点", "Stock takings")
    DATED_BY: ClassVar[str] = "on_date"
    BORROWS: ClassVar[tuple[Referred, ...]] = (Referred("asset", "kind"),)
    UNIT_TAB: ClassVar[UnitTab] = UnitTab.MONEY

    asset: str = column("资产编号", Refers("assets"), key=True, owner=True, about=True)
    on_date: date = column(
        "盘点日期",
        Day(happened=True),
        key=True,
        not_before_referred=Referred("asset", "bought_on"),
    )


def facts_of_stock_takings(rows: UnitRows, _lists: Lists) -> Iterator[Fact]:
    """The facts of stock-takings: each counts from its day, in the bucket of the asset's kind."""
    [kind] = StockTaking.BORROWS
    for row in rows.of(StockTaking):
        at = origin(rows.unit.code, row, StockTaking)
        yield from at.fact("stock_takings", Span(row.on_date), bucket=borrowed(row, kind))


@contextmanager
def added(engine: Engine) -> Iterator[None]:
    """Add both ledgers to the registry, their rule to the rules, and their tables to `engine`."""
    ledgers: tuple[type[Ledger], ...] = (Asset, StockTaking)
    Asset.metadata.create_all(engine)
    LEDGERS.extend(ledgers)
    BY_ID.update({each.id(): each for each in ledgers})
    unit.RULES.append(facts_of_stock_takings)
    try:
        yield
    finally:
        unit.RULES.remove(facts_of_stock_takings)
        for ledger in ledgers:
            LEDGERS.remove(ledger)
            del BY_ID[ledger.id()]
        Asset.metadata.drop_all(engine)


BOUGHT, LOOKED = date(2026, 1, 10), date(2026, 3, 1)
ASSET: dict[str, Any] = {
    "code": "A1",
    "unit": "U1",
    "name": "办公楼",
    "kind": "HOUSE",
    "keeper": "张三",
    "worth": 5_000_000,
    "bought_on": BOUGHT,
}
TAKING: dict[str, Any] = {"asset": "A1", "on_date": LOOKED}
