"""Every page and every tab of it draws, whatever the data, the node, the day and the language."""

import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from google.protobuf.message import Message
from sqlalchemy import Connection, Engine, func, select
from sqlmodel import SQLModel, col
from streamlit.testing.v1 import AppTest

from dashboard import clock, edge, i18n, identity, setting_origins
from dashboard.navigation import ALL_PAGES, FINDING, SENT, WALL, PageEntry
from dashboard.reads import cache
from data.access import first_accounts, sign_in
from data.access.permission import viewer
from data.reference.lists import shipped
from data.store.access_log import Act
from data.store.backup import backup
from data.store.database import connect, reading, writing
from data.store.restoring import restore
from data.store.schema import migrate
from models.account import Account, Role
from models.collection import SentFile
from models.freeze import AgendaScreen, Freeze
from models.grid import Unit
from models.kept import Import
from models.ledger import Ledger
from models.letter import Letter
from models.rectification import Finding
from models.registry import BY_ID, LEDGERS
from tests.data import contents, unknown_marked
from tests.databases import Postgres
from tests.pages.tables import lists
from tests.stored_codes import stored_codes
from tests.texts import kept

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
BEFORE_ANY_DATA = date(2001, 1, 1)
MARK = "Demonstration data"
OTHERS = (Account, Freeze, Import, Letter, SentFile)
"""The tables beside the ledgers that hold texts somebody wrote."""
GOOD_NEWS = (
    "Every item was checked at every unit within the last year.",
    "Every post asked for is filled in every unit.",
    "Every unit in the grid sent people to a training in the last year.",
    "Every unit in the grid was guided in the last year.",
    "By the rules, nothing needs a decision on {day}.",
    "Every unit has a green light.",
    "No self-check of the last year proved untrue.",
    "What is entered has no gaps and no anomalies.",
    "Nothing is overdue on {day}.",
    "No report is late on {day}.",
    "no finding is overdue and nothing is missing or late",
)
"""What may be said of units only."""
BLAME = ("Grid elements missing: {elements}",)
AGENDA = len(AgendaScreen)
GUARDED = ("access_entries", "freezes", "frozen_figures")
"""The tables whose rows a database does not let anybody change."""
SIGNS = r"[*·›\n]|:material/\w+:|:[\w-]+\[|\]"
"""What Markdown and lists of few words put between texts."""
READ = frozenset({"label", "body", "help", "options", "content", "placeholder", "delta"})
"""The fields of elements that somebody reads."""
BOARD_CODES = frozenset({"kind", "area", "tone", "sign", "colour", "layout", "href", "to"})
"""The entries of a board that are codes for its script."""
CHINESE_RUN = re.compile(r"[\u4e00-\u9fff]+")
WORDS = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
"""Two English words in a row."""
STORED = re.compile(
    r"(?<![\w./=:-])(?:"
    + "|".join(sorted(stored_codes(), key=len, reverse=True))
    + r")(?![\w./=:-])|[\w-]\|[\w-]|\w+\(\w+=|<\w+\.\w+:"
)
"""A code of a list, a key of several columns, or an object of the program, in a text."""
SCRIPTS = {page.name: page.script for page in ALL_PAGES}
PAGES = [page for page in ALL_PAGES if page.open_to(viewer("wang", "wang", Role.LEADER, []))]


Question = tuple[Callable[..., Any], tuple[Any, ...], tuple[tuple[str, Any], ...]]
"""A function of `data` with its arguments, without and with a name."""


@dataclass(frozen=True)
class Case:
    """What is looked at: whether there is data, a node, a day or a freeze, in which language."""

    name: str
    language: str
    database: str = "filled"
    node: str = "district"
    as_of: date | None = None
    frozen: bool = False
    marked: bool = False
    """Whether figures that are not known hold a number that must not be shown."""


CASES = [
    Case("empty", "zh_CN", "empty"),
    Case("units alone", "en", "units", marked=True),
    Case("few ledgers", "en", "few", marked=True),
    Case("few ledgers", "zh_CN", "few"),
    Case("a sector of few ledgers", "zh_CN", "few", node="sector"),
    Case("findings alone", "zh_CN", "findings", marked=True),
    Case("district", "zh_CN"),
    Case("district", "en"),
    Case("sector", "zh_CN", node="sector"),
    Case("unit", "en", node="unit"),
    Case("before", "en", as_of=BEFORE_ANY_DATA),
    Case("frozen", "zh_CN", frozen=True),
]
EMPTY = [case for case in CASES if case.database == "empty"]
FILLED = [case for case in CASES if case.database == "filled"]
PARTIAL = [case for case in CASES if case.database in unknown_marked.LEDGERS_OF]
MARKED = [case for case in CASES if case.marked]
SILENT = [case for case in CASES if case.name in ("empty", "before")]
CHINESE = [case for case in CASES if case.language == "zh_CN"]
ENGLISH = [case for case in FILLED if case.language == "en"]


@dataclass
class Drawn:
    """What stands on a page, all its tabs together."""

    errors: list[str] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    """Of these, what somebody reads: no ids of elements."""
    charted: set[str] = field(default_factory=set)
    """The values that charts are drawn from."""


class Opened:
    """The dashboard as somebody looks at it in a case.

    `told` gets the errors that were made sentences of.
    """

    def __init__(self, case: Case, engine: Engine, told: list[Exception]) -> None:
        self.case = case
        self._told = told
        with reading(engine) as connection:
            self._asked = _asked(connection, case)
        self._app = AppTest.from_file(APP, default_timeout=60)
        self._app.query_params.update(self._asked)
        self._app.run()

    def draw(self, page: PageEntry) -> Drawn:
        """The page and each of its tabs as they are drawn now."""
        drawn = Drawn()
        self._app.query_params.clear()
        self._app.query_params.update(self._asked)
        self._app.switch_page(str(page.script)).run()
        self._look(drawn)
        if page is WALL and self.case.marked:
            for item in range(2, AGENDA + 1):
                self.go(page.name, {"item": str(item), "paused": "1"})
                self._look(drawn)
        for container in [each for each in self._app.main if each.type == "tab_container"]:
            for tab in list(container.children.values())[1:]:
                self._open(container, tab.label)
                self._look(drawn)
        return drawn

    def go(self, page: str, asked: Mapping[str, str]) -> None:
        """Open a page by its name, in the case and with what else its address asks for."""
        self._app.query_params.clear()
        self._app.query_params.update({**self._asked, **asked})
        self._app.switch_page(str(SCRIPTS[page])).run()
        assert not self._app.exception and not self._told

    def _open(self, container: Any, title: str) -> None:
        # There is no click on a tab in the tests that Streamlit offers.
        states = self._app._tree.get_widget_states()
        states.widgets.add(id=container.proto.id, string_value=title)
        self._app._run(states)

    def _look(self, drawn: Drawn) -> None:
        for chart in self._app.get("vega_lite_chart"):
            table = pa.ipc.open_stream(chart.proto.data.data).read_all()
            drawn.charted |= {str(value) for row in table.to_pylist() for value in row.values()}
        drawn.errors += [each.value for each in self._app.exception]
        drawn.errors += [repr(error) for error in self._told]
        self._told.clear()
        for each in self._app.main:
            if isinstance(proto := getattr(each, "proto", None), Message):
                drawn.texts |= set(_texts(proto))
                drawn.shown |= set(_read(proto))
        for shown in lists(self._app):
            cells = {str(text) for text in (*shown.value, *shown.value.to_numpy().flat)}
            drawn.texts |= cells
            drawn.shown |= cells


class Gallery:
    """What every page shows in every case: each is drawn once, when it is first asked for."""

    def __init__(self, databases: dict[str, Engine]) -> None:
        self._databases = databases
        self._drawn: dict[tuple[Case, str], Drawn] = {}
        self.asked: dict[Question, str] = {}
        """What pages asked of the demonstration, and what they were first answered, written out."""
        self._opened: Opened | None = None
        self._patches = ExitStack()

    def drawn(self, case: Case, page: PageEntry) -> Drawn:
        """What stands on the page in the case."""
        if (case, page.name) not in self._drawn:
            if self._opened is None or self._opened.case != case:
                self.close()
                self._opened = self._open(case)
            self._drawn[case, page.name] = self._opened.draw(page)
        return self._drawn[case, page.name]

    def open(self, case: Case, page: str, **asked: str) -> None:
        """Look at a page in the case by an address that asks for more."""
        if self._opened is None or self._opened.case != case:
            self.close()
            self._opened = self._open(case)
        self._opened.go(page, asked)

    def _open(self, case: Case) -> Opened:
        """The dashboard as the leader sees it in the case."""
        engine = self._databases[case.database]
        now, told = clock.now(), []
        with writing(engine) as connection:
            ticket = sign_in.enter(connection, Act("demo-leader", now))
            token = sign_in.redeem(connection, ticket or "", now, None)
        patch = self._patches.enter_context(pytest.MonkeyPatch.context())
        # The names of what a control offers are asked for outside the page, too.
        patch.setenv(setting_origins.LANGUAGE, case.language)
        patch.setattr(identity, "token", lambda: token)
        patch.setattr(cache, "engine", lambda: engine)
        patch.setattr(edge, "show_error", told.append)
        if case.database == "filled":
            patch.setattr(cache, "answer", self._noting(engine))
        if case.marked:
            unknown_marked.mark(patch)
        cache.forget_drawn()
        return Opened(case, engine, told)

    def _noting(self, engine: Engine) -> Callable[..., Any]:
        """`cache.answer`, which notes what is asked of the present state of the database."""
        answer = cache.answer

        def noted(asked: Engine, version: int, question: Any, args: Any, named: Any) -> Any:
            answered = answer(asked, version, question, args, named)
            # A question that is refused, as of a finding not issued yet, has no answer to compare.
            if asked is engine and (question, args, named) not in self.asked:
                self.asked[question, args, named] = repr(answered)
            return answered

        return noted

    def close(self) -> None:
        """Leave the dashboard as it was."""
        self._patches.close()
        cache.forget_drawn()


@dataclass(frozen=True)
class Screens:
    """The pages of a case."""

    case: Case
    gallery: Gallery

    def draw(self, page: PageEntry) -> Drawn:
        return self.gallery.drawn(self.case, page)


def _asked(connection: Connection, case: Case) -> dict[str, str]:
    """What the address asks for: of pages outside the menu a figure and a finding as well."""
    last = select(func.max(col(Finding.unit)))
    if case.database != "filled":
        last = select(func.max(col(Unit.code)))
    found = connection.execute(
        select(col(Unit.code), col(Unit.sector), func.min(col(Finding.code)))
        .outerjoin_from(Unit, Finding, col(Finding.unit) == col(Unit.code))
        .where(col(Unit.code) == last.scalar_subquery())
        .group_by(col(Unit.code), col(Unit.sector))
    ).first()
    code, sector, finding = found or ("", "", None)
    node = {"unit": f"unit:{code}", "sector": f"sector:{sector}"}.get(case.node, case.node)
    asked = {"lang": case.language, "node": node, "figure": "required", "finding": finding or ""}
    asked["file"] = "1"
    if case.as_of:
        asked["as_of"] = case.as_of.isoformat()
    if case.frozen:
        asked["frozen"] = "1"
    return asked


def _texts(proto: Message) -> Iterator[str]:
    """Every text that is sent to the browser, those within charts too, but no program."""
    for descriptor, value in proto.ListFields():
        if descriptor.name in ("js_content", "css_content"):
            continue
        if descriptor.name == "json":
            yield from _texts_of_board(json.loads(str(value)))
            continue
        for each in [value] if isinstance(value, str | Message) else _several(value):
            if isinstance(each, Message):
                yield from _texts(each)
            elif descriptor.name == "spec":
                yield from _texts_of_chart(json.loads(each))
            elif isinstance(each, str):
                yield each


def _read(proto: Message) -> Iterator[str]:
    """The texts of an element that somebody reads: labels, bodies, choices, and boards."""
    for descriptor, value in proto.ListFields():
        if descriptor.name == "json":
            yield from _texts_of_board(json.loads(str(value)))
        elif descriptor.name in READ:
            for each in [value] if isinstance(value, str) else _several(value):
                if isinstance(each, Message):
                    yield from _read(each)
                elif isinstance(each, str):
                    yield each


def _texts_of_board(data: object, name: str = "") -> Iterator[str]:
    """What an element of our own writes; names of parts, places, colours and ways are not."""
    if isinstance(data, str) and name not in BOARD_CODES:
        yield data
    if isinstance(data, list):
        for each in data:
            yield from _texts_of_board(each, name)
    if isinstance(data, dict):
        for part, value in data.items():
            if part not in ("way", "ways"):
                yield from _texts_of_board(value, part)


def _several(value: object) -> list[object]:
    return list(value) if isinstance(value, Iterable) and not isinstance(value, bytes) else []


def _texts_of_chart(spec: object) -> Iterator[str]:
    """The titles of a chart, and what its expressions write."""
    if isinstance(spec, list):
        for each in spec:
            yield from _texts_of_chart(each)
    if isinstance(spec, dict):
        for name, value in spec.items():
            if name in ("title", "text", "subtitle") and isinstance(value, str):
                yield value
            elif name.casefold().endswith("expr") and isinstance(value, str):
                yield from re.findall(r"'([^']*)'", value)
            else:
                yield from _texts_of_chart(value)


def _pieces(texts: Iterable[str]) -> set[str]:
    """Texts without the signs that set them off from one another."""
    return {piece.strip() for text in texts for piece in re.split(SIGNS, text)}


@pytest.fixture(scope="module")
def databases(
    demonstration: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Engine]]:
    """Databases, each with the leader's account: the demonstration, one without a row, and those of
    districts that keep few ledgers: units; with them duties and funds; findings and their events.
    """
    folder = tmp_path_factory.mktemp("pages")
    shutil.copyfile(demonstration, folder / "filled.sqlite")
    engines = {
        name: connect(f"sqlite:///{folder / name}.sqlite")
        for name in ("filled", "empty", "units", "few", "findings")
    }
    for engine in engines.values():
        migrate(engine)
        with writing(engine) as connection:
            first_accounts.demonstration(connection, clock.now())
    contents.kept(engines["units"], contents.workbook(**unknown_marked.UNITS))
    contents.kept(engines["few"], contents.workbook(**unknown_marked.FEW_LEDGERS))
    contents.kept(engines["findings"], contents.workbook(**unknown_marked.FINDINGS_ALONE))
    yield engines
    for engine in engines.values():
        engine.dispose()


@pytest.fixture(scope="module")
def gallery(databases: dict[str, Engine]) -> Iterator[Gallery]:
    """Every page in every case; of the module, as a case asked for anew would be drawn anew."""
    gallery = Gallery(databases)
    yield gallery
    gallery.close()


@pytest.fixture
def screens(request: pytest.FixtureRequest, gallery: Gallery) -> Screens:
    """The pages of the case that the test is about."""
    return Screens(request.param, gallery)


@pytest.fixture(scope="module")
def english() -> set[str]:
    """The messages that Chinese eyes must not see: all whose Chinese is another text."""
    messages = {str(each.id) for each in kept() if each.id and each.id != each.string}
    # Ledgers are defined with the names by which the command line knows them.
    return messages - set(BY_ID)


@pytest.fixture(scope="module")
def written(databases: dict[str, Engine]) -> str:
    """All texts of the filled database's ledgers, accounts and files, and the names of places."""
    tables = [*(ledger.__table__ for ledger in LEDGERS), *(each.__table__ for each in OTHERS)]
    with reading(databases["filled"]) as connection:
        kept_texts = [
            str(value)
            for table in tables
            for row in connection.execute(select(table))
            for value in row
        ]
    return "\n".join([*kept_texts, *(row["name"] for row in shipped().lists["subdistricts"])])


def pairs(cases: Iterable[Case]) -> list[Any]:
    """Every page in every case; without data there is no finding and no file to have a page."""
    return [
        pytest.param(case, page, id=f"{case.name}-{case.language}-{page.name}")
        for case in cases
        for page in PAGES
        if case.database == "filled"
        or page not in (FINDING, SENT)
        or (page is FINDING and case.database == "findings")
    ]


@pytest.mark.parametrize(("screens", "page"), pairs(CASES), indirect=["screens"])
def test_page_draws_without_an_error(screens, page):
    assert screens.draw(page).errors == []


@pytest.mark.parametrize(("screens", "page"), pairs(FILLED), indirect=["screens"])
def test_page_shows_no_stored_key(screens, page):
    """What is kept is written in words: codes of lists and keys of rows are for the machine."""
    texts = screens.draw(page).shown
    assert sorted(text for text in texts if STORED.search(text)) == []


@pytest.mark.parametrize(("screens", "page"), pairs(FILLED), indirect=["screens"])
def test_page_says_that_its_data_is_a_demonstration(screens, page):
    mark = i18n.catalogue(screens.case.language).gettext(MARK)
    assert any(mark in text for text in screens.draw(page).texts)


@pytest.mark.parametrize(("screens", "page"), pairs(EMPTY), indirect=["screens"])
def test_page_without_data_does_not_call_it_a_demonstration(screens, page):
    mark = i18n.catalogue(screens.case.language).gettext(MARK)
    assert not any(mark in text for text in screens.draw(page).texts)


@pytest.mark.parametrize(("screens", "page"), pairs(SILENT), indirect=["screens"])
def test_silence_is_never_called_good(screens, page):
    known = i18n.catalogue(screens.case.language)
    said = [max(known.gettext(each).split("{day}"), key=len) for each in GOOD_NEWS]
    assert [text for text in screens.draw(page).texts if any(each in text for each in said)] == []


@pytest.mark.parametrize(("screens", "page"), pairs(PARTIAL), indirect=["screens"])
def test_what_nobody_entered_is_neither_zero_nor_good(screens, page):
    """A district with few ledgers is not accused of nought per cent, and not praised; on the wall,
    too, in every item of the agenda."""
    gettext = i18n.catalogue(screens.case.language).gettext
    district, texts = screens.case.database, screens.draw(page).texts
    assert unknown_marked.claims(texts, district, gettext) == []
    if district != "findings":
        assert [text for text in texts if re.search(r"\b0\.0 ?%", text)] == []
        blame = [gettext(each).partition("{")[0] for each in BLAME]
        assert [text for text in texts if any(each in text for each in blame)] == []


@pytest.mark.parametrize(("screens", "page"), pairs(MARKED), indirect=["screens"])
def test_what_is_not_known_is_nowhere_a_number(screens, page):
    """Neither shown nor counted with, in tiles, lists, sentences and charts."""
    drawn = screens.draw(page)
    found = [text for text in drawn.shown | drawn.charted if unknown_marked.SHOWN.search(text)]
    assert found == []


@pytest.mark.parametrize(("screens", "page"), pairs(EMPTY), indirect=["screens"])
def test_page_without_data_says_who_takes_it_in(screens, page):
    if page.needs and page.name not in ("wall", "password"):
        told = i18n.catalogue(screens.case.language).gettext(
            "Nothing has been taken in yet. The steward takes in the district's workbook."
        )
        assert told in screens.draw(page).texts


@pytest.mark.parametrize(("screens", "page"), pairs(CHINESE), indirect=["screens"])
def test_chinese_page_is_not_english_in_any_place(screens, page, english):
    pieces = _pieces(screens.draw(page).texts)
    assert {piece for piece in pieces if piece in english or WORDS.search(piece)} == set()


@pytest.mark.parametrize(("screens", "page"), pairs(ENGLISH), indirect=["screens"])
def test_english_page_is_chinese_only_where_the_district_wrote_it(screens, page, written):
    """Names and texts of ledgers and accounts, names of places, and headings of the template."""
    shown = _pieces(screens.draw(page).shown)
    runs = {run for piece in shown for run in CHINESE_RUN.findall(piece)}
    template = {label for each in LEDGERS for label in (each.SHEET.zh, *_headings(each))}
    told = {"中文"} | (template if page.name == "definitions" else set())
    assert {run for run in runs if run not in written and run not in told} == set()


def _headings(ledger: type[Ledger]) -> list[str]:
    return [column.zh for column in ledger.columns]


@pytest.mark.postgres
def test_both_databases_answer_every_question_of_the_screens_alike(
    gallery: Gallery, databases: dict[str, Engine], postgres: Postgres, tmp_path: Path
) -> None:
    """Lists that tie, groups that are counted: the order is the same, too."""
    for case in (Case("district", "zh_CN"), Case("unit", "en", node="unit")):
        for page in PAGES:
            gallery.drawn(case, page)
    for item in range(1, len(AgendaScreen) + 1):
        gallery.open(Case("district", "zh_CN"), "wall", item=str(item))
    copy, act = tmp_path / "copy", Act("operator", clock.now())
    backup(databases["filled"], copy, act)
    with postgres.bare_database() as engine:
        restore(engine, copy, act)
        _move_rows(engine)
        with reading(databases["filled"]) as one, reading(engine) as other:
            differing = {
                f"{question.__module__}.{question.__qualname__}"
                for (question, args, named), answered in gallery.asked.items()
                if (there := repr(question(other, *args, **dict(named)))) != answered
                # What a page has changed since, as by signing in, is asked again.
                and there != repr(question(one, *args, **dict(named)))
            }
    assert differing == set()
    assert len(gallery.asked) > 100


def _move_rows(engine: Engine) -> None:
    """Have half of the rows stand elsewhere in their tables than where they were written."""
    with engine.begin() as connection:
        for table in SQLModel.metadata.tables.values():
            if table.name in GUARDED:
                continue
            column = next(iter(table.columns)).name
            connection.exec_driver_sql(
                f'UPDATE "{table.name}" SET "{column}" = "{column}"'
                " WHERE mod(ascii(right(md5(ctid::text), 1)), 2) = 0"
            )
