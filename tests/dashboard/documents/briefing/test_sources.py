"""Every number of a briefing is the figure that it says it is, on both databases."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import Engine

from dashboard.documents.briefing import document as documents
from dashboard.documents.briefing import sources
from dashboard.documents.briefing.blocks import Document, Paragraph, Table, cited_in
from dashboard.documents.briefing.content import Content
from dashboard.documents.briefing.document import Issue
from dashboard.documents.briefing.phrases import Cited
from dashboard.documents.briefing.sources import Part, Source
from dashboard.i18n import use_language
from data import matters as decisions
from data.coverage import unentered
from data.figures import changes, units
from data.figures import reading as figures
from data.figures.catalogue import catalogue
from data.findings import escalation
from data.nodes import parse
from data.reference.lists import current
from data.scope import Scope, everything
from data.store.database import reading
from models.rectification import Step
from models.rules.light import Light
from models.text import NOTHING
from tests.dashboard.documents.briefing.telling import SINCE, read, told
from tests.data.contents import kept, workbook
from tests.databases import Databases
from tests.demonstration_day import TODAY

NODES = ["district", "sector:EDU", "unit:GQ02", "kind:SOE", "batch:1"]


def every(document: Document) -> Iterator[Cited]:
    """All numbers, those of tables too."""
    yield from cited_in(document.blocks)
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                yield from (piece for cell in row for piece in cell if isinstance(piece, Cited))


class Printed:
    """The figures as `gridlight figures` has them, asked once a node and day.

    Those of ledgers without a row are "—" to readers.
    """

    def __init__(self, engine: Engine, limits: Scope) -> None:
        self.engine, self.limits = engine, limits
        self.asked: dict[tuple[str, date], figures.Readings] = {}

    def on(self, node: str, day: date) -> figures.Readings:
        if (node, day) not in self.asked:
            scope = Scope(parse(node), day, self.limits.sectors, self.limits.units)
            with reading(self.engine) as connection:
                known = catalogue(current(connection))
                printed = figures.read(connection, scope, known)
                since = unentered.first_days(connection)
                self.asked[node, day] = unentered.without_unentered(printed, since, day)
        return self.asked[node, day]

    def text(self, source: Source) -> str:
        now = self.on(source.node, source.day)[source.figure]
        if source.since:
            change = changes.change(now, self.on(source.node, source.since)[source.figure])
            return change.text.lstrip("+−") if change else NOTHING
        printed = now.as_json()
        if source.part is Part.DIFFERENCE:
            return str(int(printed["denominator"]) - int(printed["numerator"]))
        return str(printed["text"])


def compared(engine: Engine, content: Content) -> int:
    """How many different numbers were looked at; each is the figure it says it is."""
    printed = Printed(engine, content.scope)
    looked_at = {}
    for cited in every(told(content, "zh_CN")):
        if cited.source.figure.partition(":")[0] not in sources.COUNTS:
            looked_at[cited.source] = cited.text
            assert cited.text.removesuffix(" 未录入") == printed.text(cited.source), cited.source
    return len(looked_at)


@pytest.mark.parametrize("node", NODES)
def test_every_number_is_the_figure_at_its_node_on_its_day(demonstrated, node):
    scope = everything(parse(node), TODAY)
    assert compared(demonstrated, read(demonstrated, scope, since=SINCE)) > 80


def test_every_number_of_a_limited_scope_is_within_its_limits(demonstrated):
    scope = Scope(parse("district"), TODAY, frozenset({"EDU", "SOE"}))
    assert compared(demonstrated, read(demonstrated, scope, since=SINCE)) > 80


@pytest.fixture
def engine(databases: Databases) -> Iterator[Engine]:
    """An empty database of each kind."""
    with databases() as engine:
        yield engine


def test_both_databases_tell_the_same_numbers(engine):
    kept(
        engine,
        workbook(
            sectors=[{}, {"code": "SOE", "name": "国资"}],
            units=[{}, {"code": "U2", "name": "二", "sector": "SOE", "kind": "SOE"}],
            findings=[
                {"amount": 250_000_000},
                {"code": "F2", "unit": "U2", "amount": 1, "severity": "MAJOR"},
                {"code": "F3", "unit": "U2", "due_on": date(2026, 7, 5)},
            ],
            rectification_events=[
                {"action": "CLOSE", "on_date": date(2026, 6, 20), "amount": 3, "rules_built": 2}
            ],
            duties=[{}],
            reports=[{}],
            fund_projects=[{}],
        ),
    )
    assert compared(engine, read(engine)) > 60


def test_lists_are_counted_as_the_screens_count_them(demonstrated, found):
    scope = found.scope
    with reading(demonstrated) as connection:
        lights = units.lights(connection, scope)
        ladder = escalation.due_steps(connection, scope, 5).counted
        matters = decisions.matters(connection, scope)
    for light in Light:
        assert sources.count_of(found, "lights", light) == lights[light]
    for step in Step:
        assert sources.count_of(found, "ladder", step) == ladder[step]
    assert sources.measured(matters[0]) == sources.measured(found.matters[0])


def test_ranked_units_are_counted_with_those_that_share_an_end(found):
    places = found.ranking["SUBDISTRICT"]
    ranked = [place for place in places if place.place.rank]
    assert sources.count_of(found, "ranked", "SUBDISTRICT") == len(ranked) > 1
    assert sources.count_of(found, "ranked", "SUBDISTRICT/first") == len(ranked)
    assert sources.count_of(found, "ranked", "NOTHING") == 0


def test_every_number_of_the_text_is_numbered_once_and_annexed(found):
    document = told(found)
    in_text = [cited.source for cited in cited_in(document.blocks)]
    assert list(document.numbers) == list(dict.fromkeys(in_text))
    assert list(document.numbers.values()) == list(range(1, len(document.numbers) + 1))
    (annex,) = [
        block for block in document.blocks if isinstance(block, Table) and block.is_of_sources
    ]
    assert len(annex.rows) == len(document.numbers)


def test_money_is_written_in_the_language_of_the_document(found):
    source = sources.Source("amount_required", "district", TODAY)
    with use_language("zh_CN"):
        assert sources.text_of(found, source) == found.now["amount_required"].text
    with use_language("en"):
        assert sources.text_of(found, source).endswith(" million yuan")


def test_a_figure_that_is_not_there_is_a_dash(found):
    source = sources.Source("due_rect_rate", "unit:NONE", TODAY)
    assert sources.text_of(found, source) == NOTHING
    moved = sources.Source("due_rect_rate", "district", TODAY, since=date(2001, 1, 1))
    assert sources.text_of(found, moved) == NOTHING


def test_figures_that_a_freeze_kept_take_the_place_of_those_that_are_counted(found):
    now = dict(found.now)
    reading_now = now["required"]
    now["required"] = figures.Reading(reading_now.figure, "", Fraction(7_777))
    kept_as = found.with_figures(now, found.then)
    with use_language("en"):
        document = documents.document(kept_as, Issue(TODAY))
    assert any(cited.text == "7777" for cited in every(document))
    assert isinstance(document.blocks[0], Paragraph)
